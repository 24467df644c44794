package io.postern.importing;

import io.postern.application.Applications;
import io.postern.crypto.SecretBox;
import io.postern.enrollment.Addresses;
import io.postern.event.About;
import io.postern.event.Errand;
import io.postern.event.SecurityEvent;
import io.postern.message.Notice;
import io.postern.notice.Notices;
import io.postern.policy.Policy;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Tombstones;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/**
 * Takes a file of people in chunks of lines. A chunk is one transaction: a copy that dies in the middle of it leaves nothing,
 * and whoever sends it again, to any copy, goes on where the import stands. A line that was stored before is stored no second
 * time, whether by the same import or another (RULES F6).
 */
@Singleton
class Imports {

    static final int PAGE = 10_000;

    private final Applications applications;
    private final ImportStore store;
    private final PeopleStore people;
    private final Tombstones tombstones;
    private final LineReader reader;
    private final SecretBox box;
    private final Addresses addresses;
    private final Notices notices;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    Imports(
            Applications applications,
            ImportStore store,
            PeopleStore people,
            Tombstones tombstones,
            LineReader reader,
            SecretBox box,
            Addresses addresses,
            Notices notices,
            Event<SecurityEvent> events,
            Clock clock) {
        this.applications = applications;
        this.store = store;
        this.people = people;
        this.tombstones = tombstones;
        this.reader = reader;
        this.box = box;
        this.addresses = addresses;
        this.notices = notices;
        this.events = events;
        this.clock = clock;
    }

    /** Who imports: the calling client and its application. */
    record Source(String application, String client) {}

    /** What a chunk came to: the import after it, and what became of its lines that were not done before. */
    record Taken(ImportState state, List<ReportLine> lines) {}

    @Transactional
    ImportState begin(Source source, NewImport wanted, Errand errand) {
        applications.requireActive(source.application());
        var id = UUID.randomUUID();
        store.add(id, source.application(), wanted.tellsPeople(), clock.instant());
        events.fire(new SecurityEvent.ImportBegun(
                About.client(source.application(), source.client()).by(errand)));
        return state(source, id);
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    ImportState state(Source source, UUID id) {
        applications.requireActive(source.application());
        return store.find(source.application(), id).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }

    /** What became of up to {@value #PAGE} lines after one. */
    @Transactional
    List<ReportLine> report(Source source, UUID id, long after) {
        state(source, id);
        return store.report(id, after, PAGE);
    }

    /**
     * Takes the lines of a chunk, but for those that are done already.
     *
     * @param after how many lines of the file come before the chunk
     * @throws Problem {@code not_found}, {@code lines_missing}
     */
    @Transactional
    Taken take(Source source, UUID id, long after, byte[] chunk) {
        var policy = applications.requireActive(source.application()).policy();
        var state = store.lock(source.application(), id).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
        if (after > state.linesDone()) {
            throw Problem.of(ProblemCode.LINES_MISSING).with("lines_done", state.linesDone());
        }
        var lines = LineReader.split(chunk);
        int done = (int) Math.min(lines.size(), state.linesDone() - after);
        var fresh = read(lines.subList(done, lines.size()), state.linesDone(), policy);
        var report = fresh.isEmpty() ? List.<ReportLine>of() : store(source, state.tellPeople(), fresh);
        store.note(id, report, clock.instant());
        return new Taken(state(source, id), report);
    }

    private List<ReadLine> read(List<byte[]> lines, long before, Policy policy) {
        var read = new ArrayList<ReadLine>();
        for (var line : lines) {
            read.add(reader.read(before + read.size() + 1, line, policy));
        }
        return read;
    }

    private List<ReportLine> store(Source source, boolean tellPeople, List<ReadLine> lines) {
        var first = new LinkedHashMap<String, ImportedPerson>();
        for (var line : lines) {
            if (line instanceof ReadLine.Good good) {
                first.putIfAbsent(good.person().subject(), good.person());
            }
        }
        var created = people.create(source.application(), first.values());
        var erased = tombstones.of(source.application(), created);
        if (!erased.isEmpty()) {
            people.takeBack(source.application(), erased);
        }
        var chunk = new Chunk(people.lock(source.application(), first.keySet(), created), box);
        lines.forEach(chunk::judge);
        write(source, chunk);
        if (tellPeople) {
            tell(source, chunk);
        }
        return chunk.report();
    }

    private void write(Source source, Chunk chunk) {
        var now = clock.instant();
        var changed = chunk.people().stream()
                .filter(person -> !person.created && (person.filled || person.enrolled))
                .toList();
        if (!changed.isEmpty()) {
            people.change(changed, now);
        }
        if (!chunk.rows().isEmpty()) {
            people.enroll(source.application(), source.client(), chunk.rows(), now);
        }
    }

    /** RULES F5, where the operator asks for it: most do not want a mail to everybody on the day of a move. */
    private void tell(Source source, Chunk chunk) {
        for (var entry : chunk.enrolled().entrySet()) {
            var person = entry.getValue();
            var subject = new SubjectRecord(
                    person.id,
                    source.application(),
                    entry.getKey(),
                    person.email,
                    person.displayName,
                    person.locale,
                    false,
                    null,
                    0);
            var told = addresses.of(subject);
            chunk.factorsOf(person)
                    .forEach(factor ->
                            notices.tell(subject, told, new Notice.FactorAdded(factor.type(), factor.label()), null));
        }
    }
}
