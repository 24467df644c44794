package io.postern.importing;

import io.postern.crypto.SecretBox;
import io.postern.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through the lines of a chunk in their order and decides each by what its person has by then (RULES F6): two lines of
 * one person are as good as in two chunks.
 */
final class Chunk {

    private final Map<String, Person> people;
    private final SecretBox box;
    private final List<ReportLine> report = new ArrayList<>();
    private final List<PeopleStore.Row> rows = new ArrayList<>();
    private final Map<String, Person> enrolled = new LinkedHashMap<>();

    Chunk(Map<String, Person> people, SecretBox box) {
        this.people = people;
        this.box = box;
    }

    void judge(ReadLine line) {
        report.add(
                switch (line) {
                    case ReadLine.Refused refused -> refused(refused.number(), refused.refusal());
                    case ReadLine.Good good -> store(good);
                });
    }

    private ReportLine store(ReadLine.Good line) {
        var person = people.get(line.person().subject());
        if (person == null) {
            return refused(line.number(), Refusal.of(ProblemCode.SUBJECT_ERASED));
        }
        if (person.frozen) {
            return refused(line.number(), Refusal.of(ProblemCode.FROZEN));
        }
        boolean isKnown = person.seen || !person.created;
        person.seen = true;
        if (person.isOn()) {
            return person.has(line.factors())
                    ? done(line.number(), Outcome.ALREADY_THERE)
                    : refused(line.number(), Refusal.of(ProblemCode.TWO_FACTOR_ON));
        }
        boolean isFilled = person.fill(line.person());
        boolean isNews = isFilled || !isKnown || !line.factors().isEmpty();
        enroll(line, person);
        return done(line.number(), isNews ? Outcome.IMPORTED : Outcome.ALREADY_THERE);
    }

    private void enroll(ReadLine.Good line, Person person) {
        if (line.factors().isEmpty()) {
            return;
        }
        person.enroll(line.factors());
        enrolled.put(line.person().subject(), person);
        int place = 0;
        for (var factor : line.factors()) {
            rows.add(PeopleStore.Row.of(person.id, factor, place++, box));
        }
    }

    private static ReportLine done(long number, Outcome outcome) {
        return new ReportLine(number, outcome, null, null, null);
    }

    private static ReportLine refused(long number, Refusal refusal) {
        return new ReportLine(number, Outcome.REFUSED, refusal.code().code(), refusal.factor(), refusal.field());
    }

    /** What became of the lines so far. */
    List<ReportLine> report() {
        return report;
    }

    Collection<Person> people() {
        return people.values();
    }

    /** The factors to store. */
    List<PeopleStore.Row> rows() {
        return rows;
    }

    /** Those who got factors, by their ids. */
    Map<String, Person> enrolled() {
        return enrolled;
    }

    List<ReadLine.Adopted> factorsOf(Person person) {
        return rows.stream()
                .filter(row -> row.subject() == person.id)
                .map(PeopleStore.Row::factor)
                .toList();
    }
}
