package io.postern.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.ExtraCopy;
import io.postern.harness.FaultLog;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** RULES F6: an import is resumed where it stands, and no race gives a person two factors. */
final class ImportRacesIT {

    private static final int LINES = 200;

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api first = postern.api(SeededClient.DEMO_OPERATOR, 0);
    private final Api second = postern.api(SeededClient.DEMO_OPERATOR, 1);
    private final Sql sql = Sql.on(postern);
    private final String prefix = "moving-" + UUID.randomUUID() + "-";

    @Test
    void linesThatAreDoneArePassedOver() {
        var lines = people(6);
        var move = Move.begin(first);
        move.send(0, lines.subList(0, 4)).expect(200);

        move.send(5, lines.subList(5, 6)).expectProblem(409, "lines_missing");
        assertEquals(
                4, move.send(5, lines.subList(5, 6)).json().path("lines_done").intValue());
        assertEquals(4, move.done());
        move.through(second).send(2, lines.subList(2, 6)).expect(200);
        move.send(0, lines).expect(200);
        move.send(0, "").expect(200);

        assertEquals(6, move.done());
        assertEquals(6, move.state().path("imported").intValue());
        assertEquals(0, move.state().path("already_there").intValue());
        assertEquals(6, factors());
        for (var junk : List.of("-1", "x", "1e3", "9".repeat(40), "%00")) {
            first.send("PUT", move.path() + "/lines?after=" + junk, new byte[0], "application/x-ndjson")
                    .expectProblem(400, "malformed_request");
        }
    }

    @Test
    void reportGoesOnAfterALine() {
        var lines = people(5);
        var move = Move.begin(first);
        move.send(0, lines).expect(200);
        var rest = first.get(move.path() + "/report?after=3").expect(200);
        assertEquals("{\"line\":4,\"outcome\":\"imported\"}\n{\"line\":5,\"outcome\":\"imported\"}\n", rest.body());
        assertEquals(
                "application/x-ndjson", rest.header("Content-Type").orElse("").split(";", -1)[0]);
        assertEquals("", first.get(move.path() + "/report?after=5").expect(200).body());
    }

    /** The same chunk to both copies at once, as after a lost answer. */
    @Test
    void sameChunkSentManyTimesAtOnceIsStoredOnce() {
        var log = FaultLog.from(postern);
        var lines = people(LINES);
        var move = Move.begin(first);

        var answers = Burst.of(
                8, number -> move.through(number % 2 == 0 ? first : second).send(0, lines));

        answers.forEach(answer -> assertTrue(Set.of(200, 503).contains(answer.status()), answer::toString));
        assertEquals(LINES, move.done());
        assertEquals(LINES, move.state().path("imported").intValue());
        assertEquals(LINES, factors());
        assertEquals(List.of(), log.entries());
    }

    /** In another order, so that they would lock each other out. */
    @Test
    void twoImportsOfTheSamePeopleAtOnceGiveEachOneFactor() {
        var log = FaultLog.from(postern);
        var lines = people(LINES);
        var turned = new ArrayList<>(lines);
        Collections.reverse(turned);
        var moves = Stream.of(first, second, first, second).map(Move::begin).toList();
        var before = IntStream.range(0, LINES / 2).mapToObj(number -> prefix + number);
        before.forEach(subject -> api.put("/v1/subjects/" + subject, Map.of()).expect(201));

        var answers =
                Burst.of(moves.size(), number -> sendUntilTaken(moves.get(number), number % 2 == 0 ? lines : turned));

        answers.forEach(answer -> answer.expect(200));
        assertEquals(LINES, factors());
        assertEquals(
                LINES,
                moves.stream()
                        .mapToInt(move -> move.state().path("imported").intValue())
                        .sum());
        assertEquals(
                3 * LINES,
                moves.stream()
                        .mapToInt(move -> move.state().path("already_there").intValue())
                        .sum());
        assertEquals(List.of(), log.entries());
    }

    /** Whoever waits for a person holds none that comes after: two imports cannot wait for each other. */
    @Test
    void peopleAreLockedInTheOrderOfTheirIds() throws Exception {
        var ids = List.of(prefix + "z", prefix + "m", prefix + "a");
        ids.forEach(id -> api.put("/v1/subjects/" + id, Map.of()).expect(201));
        var lines = ids.stream().map(id -> Move.line(id, Move.secret(20))).toList();
        var move = Move.begin(first);
        try (var holder = postern.connect()) {
            holder.setAutoCommit(false);
            lock(holder, prefix + "a", "");
            var sender = Thread.ofVirtual().start(() -> sendUntilTaken(move, lines));
            Await.until(
                    Duration.ofSeconds(10),
                    "it waits",
                    () -> sql.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                    + " and query like '%external_id = any%'")
                            > 0);
            try (var other = postern.connect()) {
                other.setAutoCommit(false);
                lock(other, prefix + "z", " nowait");
                lock(other, prefix + "m", " nowait");
                other.rollback();
            }
            holder.rollback();
            sender.join();
        }
        assertEquals(3, factors());
    }

    private static void lock(Connection connection, String subject, String how) throws SQLException {
        try (var statement =
                connection.prepareStatement("select 1 from subject where external_id = ? for update" + how)) {
            statement.setString(1, subject);
            statement.executeQuery().close();
        }
    }

    /** Two secrets for one person: one of them wins and the other is refused. */
    @Test
    void ofTwoSecretsForOnePersonOneIsTaken() {
        var moves = List.of(Move.begin(first), Move.begin(second));
        var answers = Burst.of(2, number -> sendUntilTaken(moves.get(number), people(LINES)));
        answers.forEach(answer -> answer.expect(200));

        assertEquals(LINES, factors());
        assertEquals(
                LINES,
                moves.stream()
                        .mapToInt(move -> move.state().path("refused").intValue())
                        .sum());
    }

    @Test
    void importAndActivationAtOnceGiveOneFactor() {
        var log = FaultLog.from(postern);
        // No more than a copy has connections, or one that waits too long for its turn is answered 503.
        var people = IntStream.range(0, 10)
                .mapToObj(number -> Person.registered(postern, api))
                .toList();
        var pending = people.stream()
                .map(person -> api.post(person.path("/factors"), Map.of("type", "totp"))
                        .expect(201))
                .toList();
        var move = Move.begin(second);
        List<Callable<Answer>> calls = new ArrayList<>();
        calls.add(() -> sendUntilTaken(
                move,
                people.stream()
                        .map(person -> Move.line(person.subject(), Move.secret(20)))
                        .toList()));
        for (int i = 0; i < people.size(); i++) {
            var factor = pending.get(i);
            var path = people.get(i).path("/factors/" + factor.text("id") + "/activate");
            calls.add(() -> api.post(path, Map.of("code", Totp.codeAt(factor.text("secret"), Instant.now()))));
        }

        var answers = Burst.of(calls);

        answers.getFirst().expect(200);
        int activated = 0;
        for (int i = 0; i < people.size(); i++) {
            activated += answers.get(i + 1).status() == 200 ? 1 : 0;
            assertTrue(Set.of(200, 403, 404, 409).contains(answers.get(i + 1).status()), answers.get(i + 1)::toString);
            assertEquals(
                    1,
                    sql.number(
                            "select count(*) from factor f join subject s on s.id = f.subject_id"
                                    + " where s.external_id = ? and f.type = 'totp'",
                            people.get(i).subject()));
        }
        assertEquals(people.size() - activated, move.state().path("imported").intValue());
        assertEquals(List.of(), log.entries());
    }

    @Test
    void importIsResumedAfterItsCopyWasKilled() throws Exception {
        var lines = people(2_000);
        var move = Move.begin(first);
        int chunk = 100;
        try (var copy = ExtraCopy.of(postern, Map.of())) {
            var dying = move.through(copy.api(SeededClient.DEMO_OPERATOR));
            var some = new CountDownLatch(3);
            var sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int at = 0; at < lines.size(); at += chunk) {
                        dying.send(at, lines.subList(at, at + chunk)).expect(200);
                        some.countDown();
                    }
                } catch (UncheckedIOException e) {
                    // killed
                }
            });
            assertTrue(some.await(20, TimeUnit.SECONDS));
            copy.kill();
            sender.join();
        }
        long done = move.done();
        assertTrue(done >= 3L * chunk && done < lines.size(), "killed in the middle: " + done);
        assertEquals(0, done % chunk, "a chunk is stored as a whole");

        for (int at = (int) done; at < lines.size(); at += chunk) {
            move.send(at, lines.subList(at, at + chunk)).expect(200);
        }

        assertEquals(lines.size(), move.state().path("imported").intValue());
        assertEquals(lines.size(), factors());
    }

    /** Who waits for another import longer than a statement may asks again. */
    private static Answer sendUntilTaken(Move move, List<String> lines) {
        for (int tries = 0; tries < 20; tries++) {
            var answer = move.send(0, lines);
            if (answer.status() != 503) {
                return answer;
            }
        }
        throw new AssertionError("not taken");
    }

    private List<String> people(int number) {
        return IntStream.range(0, number)
                .mapToObj(person -> Move.line(prefix + person, Move.secret(20)))
                .toList();
    }

    private long factors() {
        return sql.number(
                "select count(*) from factor f join subject s on s.id = f.subject_id where s.external_id like ?",
                prefix + "%");
    }
}
