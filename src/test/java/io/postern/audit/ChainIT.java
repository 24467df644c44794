package io.postern.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.Await;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** RULES H5: what was sealed stays as it was, or the first row that does not is found and named. */
@TestInstance(Lifecycle.PER_CLASS)
final class ChainIT {

    private final Postern postern =
            Postern.start(Postern.Options.DEFAULT.withEnvironment("POSTERN_HOUSEKEEPING_INTERVAL", "2s"));

    @AfterAll
    void close() {
        postern.close();
    }

    /** Rows come from both copies while both try to seal. */
    @Test
    void eachRowIsSealedOnceInOneSequenceWithoutAGap() {
        var trail = new Trail(postern);
        Burst.of(16, number -> {
            var api = trail.api(number % 2 == 0 ? postern.first() : postern.second());
            var person = Person.enrolled(postern, api);
            for (int i = 0; i < 5; i++) {
                person.verify(person.challenge(), person.wrongCode()).expect(422);
                trail.with(20);
            }
            return person;
        });
        trail.sealed();

        long rows = trail.count("true");
        assertTrue(rows > 16 * 100, "there are rows: " + rows);
        assertEquals(
                LongStream.rangeClosed(1, rows).boxed().toList(),
                Sql.on(postern)
                        .texts(
                                "select sequence from audit_event where application_id = ? order by sequence",
                                trail.application())
                        .stream()
                        .map(Long::valueOf)
                        .toList());
        assertIntact(trail, rows);
        assertTrue(told("sealed_total ").sum() >= rows, "each is counted by the copy that sealed it");
    }

    @Test
    void rowThatIsCommittedLateIsSealedLate() throws Exception {
        var trail = new Trail(postern);
        try (var connection = postern.connect();
                var late = connection.prepareStatement(
                        "insert into audit_event (application_id, type) values (?, 'late')")) {
            connection.setAutoCommit(false);
            late.setString(1, trail.application());
            late.executeUpdate();
            trail.with(5).sealed();
            var page = trail.search("?order=oldest").expect(200);
            assertEquals(5, page.json().path("events").size());

            connection.commit();
            trail.sealed();

            var added = trail.search("?order=oldest&cursor=" + page.text("next"))
                    .expect(200)
                    .json()
                    .path("events");
            assertEquals(1, added.size());
            assertEquals("late", added.path(0).path("type").textValue());
        }
        assertIntact(trail, 6);
    }

    @Test
    void changedRowIsNamed() {
        var trails = new LinkedHashMap<String, Trail>();
        for (var column : List.of(
                "type = 'challenge_approved'",
                "client_id = null",
                "actor = 'bob'",
                "at = at - interval '1 microsecond'",
                "subject_id = 1",
                "details = '{\"a\": [2], \"b\": 2}'",
                "details = null",
                "ip = '192.0.2.251'",
                "user_agent = null",
                "reason = 'None'",
                "personal_digest = null",
                "mac = '\\x00'",
                "key_id = 'other'")) {
            trails.put(column, new Trail(postern).with(5));
        }
        trails.forEach((column, trail) -> {
            trail.sealed();
            var id = trail.api()
                    .get("/v1/audit-events")
                    .json()
                    .at("/events/2/id")
                    .textValue();
            assertEquals(
                    1, trail.change("update audit_event set " + column + " where application_id = ? and sequence = 3"));

            var broken = assertBroken(trail, "changed", 3);
            assertEquals(id, broken.path("event").textValue(), column);
        });
    }

    @Test
    void deletedRowIsNamed() {
        var trail = new Trail(postern).with(5).sealed();
        trail.change("delete from audit_event where application_id = ? and sequence = 3");
        assertBroken(trail, "missing", 3);
    }

    @Test
    void deletedStretchIsFoundWhereItBegins() {
        var trail = new Trail(postern).with(3_500).sealed();
        trail.change("delete from audit_event where application_id = ? and sequence between 1200 and 3400");
        assertBroken(trail, "missing", 1_200);
    }

    @Test
    void rowThatTakesThePlaceOfADeletedOneIsFound() {
        var trail = new Trail(postern).with(5).sealed();
        trail.change("delete from audit_event where application_id = ? and sequence = 3");
        trail.change("update audit_event set sequence = sequence - 1 where application_id = ? and sequence > 3");
        assertFalse(trail.verify().path("intact").booleanValue());
        assertEquals(3, trail.verify().at("/broken/sequence").longValue());
    }

    @Test
    void insertedRowIsNamedBeforeAndAfterTheRealOne() {
        for (var id : List.of("-1", "1000000000")) {
            var trail = new Trail(postern).with(5).sealed();
            trail.change("""
                    insert into audit_event (id, application_id, type, at, sequence, mac, key_id) overriding system value
                    select ?::bigint, application_id, 'forged', at, sequence, mac, key_id
                    from audit_event where application_id = ? and sequence = 3
                    """.replace("?::bigint", id));
            assertEquals(id, assertBroken(trail, "inserted", 3).path("event").textValue());
        }
    }

    @Test
    void rowBehindTheNewestIsFound() {
        var trail = new Trail(postern).with(5).sealed();
        trail.change("""
                insert into audit_event (application_id, type, at, sequence, mac, key_id)
                select application_id, 'forged', at, 6, mac, key_id from audit_event where application_id = ? and sequence = 5
                """);
        assertBroken(trail, "inserted", 6);
    }

    @Test
    void swappedRowsAreNamed() {
        var places = new Trail(postern).with(9).sealed();
        places.change(
                "update audit_event set sequence = 11 - sequence where application_id = ? and sequence in (3, 8)");
        assertBroken(places, "reordered", 3);

        var contents = new Trail(postern).with(9).sealed();
        contents.change("""
                update audit_event a set sequence = b.sequence, mac = b.mac from audit_event b
                where a.application_id = ? and b.application_id = a.application_id
                  and a.sequence in (3, 8) and b.sequence = 11 - a.sequence
                """);
        assertBroken(contents, "reordered", 3);
    }

    @Test
    void tailThatIsCutOffIsFound() {
        var trail = new Trail(postern).with(5).sealed();
        trail.change("delete from audit_event where application_id = ? and sequence > 3");
        assertBroken(trail, "tail_cut", 4);

        // Nor does it help to set the end back: nobody can seal it who has the database alone.
        trail.change("""
                update audit_chain c set sequence = 3, mac = e.mac from audit_event e
                where c.application_id = ? and e.application_id = c.application_id and e.sequence = 3
                """);
        assertBroken(trail, "head_changed", 3);
    }

    @Test
    void chainThatLostItsHeadIsNotSealedOn() {
        var trails = new LinkedHashMap<String, Trail>();
        for (var statement : List.of(
                "delete from audit_chain where application_id = ?",
                "update audit_chain set dropped_sequence = 2 where application_id = ?",
                "update audit_chain set seal = '\\x00' where application_id = ?")) {
            trails.put(statement, new Trail(postern).with(5));
        }
        trails.forEach((statement, trail) -> {
            trail.sealed();
            trail.change(statement);
            trail.with(1);
        });
        new Trail(postern).with(1).sealed(); // another application's rows, which came later, are sealed
        Await.until(
                Trail.DEADLINE,
                "what waits is told",
                () -> told("unsealed_oldest_seconds ").max().orElse(0) >= 1);
        trails.forEach((statement, trail) -> {
            assertEquals(1, trail.count("sequence is null"), statement);
            assertEquals("head_changed", trail.verify().at("/broken/kind").textValue());

            // What operations.md says: it begins anew.
            trail.change("update audit_event set sequence = null, mac = null, key_id = null where application_id = ?");
            trail.change("delete from audit_chain where application_id = ?");
        });
        trails.values().forEach(trail -> assertIntact(trail.sealed(), 6));
    }

    /** All that the database holds of the chain, as it was before: no row is wrong, but somebody knows better. */
    @Test
    void chainThatWasSetBackIsFoundByWhoKnowsItsHead() {
        var trail = new Trail(postern).with(5).sealed();
        var before = Sql.on(postern)
                .texts(
                        "select sequence || ' ' || encode(mac, 'hex') || ' ' || encode(seal, 'hex') from audit_chain"
                                + " where application_id = ?",
                        trail.application())
                .getFirst()
                .split(" ", -1);
        trail.with(3).sealed();
        var known = trail.verify().path("head").textValue();
        trail.change("delete from audit_event where application_id = ? and sequence > 5");
        trail.change("update audit_chain set sequence = " + before[0] + ", mac = decode('" + before[1]
                + "', 'hex'), seal = decode('" + before[2] + "', 'hex') where application_id = ?");

        assertIntact(trail, 5);
        assertEquals(
                "tail_cut",
                trail.verify(Map.of("known", known)).at("/broken/kind").textValue());

        trail.with(4).sealed();
        assertIntact(trail, 9);
        var replaced = trail.verify(Map.of("known", known)).path("broken");
        assertEquals("replaced", replaced.path("kind").textValue());
        assertEquals(8, replaced.path("sequence").longValue());
    }

    @Test
    void chainWithTheKnownHeadIsIntact() {
        var trail = new Trail(postern).with(5).sealed();
        var known = trail.verify().path("head").textValue();
        assertTrue(trail.verify(Map.of("known", known)).path("intact").booleanValue());
        trail.with(5).sealed();
        assertTrue(trail.verify(Map.of("known", known)).path("intact").booleanValue());
        assertNotEquals(known, trail.verify().path("head").textValue());
        var last = known.charAt(10) == 'A' ? 'B' : 'A';
        var other = known.substring(0, 10) + last + known.substring(11);
        assertEquals(
                "replaced",
                trail.verify(Map.of("known", other)).at("/broken/kind").textValue());
    }

    /** RULES F6: of an erased person only rows over the pseudonym remain, and their chain is whole. */
    @Test
    void erasureLeavesTheChainWhole() throws Exception {
        var trail = new Trail(postern);
        var erased = 4_000_000_001L;
        var other = 4_000_000_002L;
        about(trail, erased, other, erased, other);
        trail.sealed();
        about(trail, erased);

        traces().erase(trail.application(), erased);

        trail.sealed();
        assertEquals(0, trail.count("subject_id = " + erased + " and concat(ip, user_agent, reason) <> ''"));
        assertEquals(3, trail.count("subject_id = " + erased));
        assertEquals(2, trail.count("subject_id = " + other + " and reason is not null"));
        assertIntact(trail, 5);
        var shown = trail.search("?pseudonym=" + erased).expect(200).json().path("events");
        assertEquals(3, shown.size());
        shown.forEach(event -> assertFalse(event.has("ip") || event.has("user_agent") || event.has("reason")));
    }

    /** Nobody hides where an event came from by saying that its person was erased. */
    @Test
    void erasureThatTheServiceDidNotDoIsFound() {
        var trails = new LinkedHashMap<String, Trail>();
        for (var erasure : List.of(
                "personal_salt = null",
                "personal_salt = '\\x00'",
                "personal_salt = (select personal_salt from audit_event where subject_id = 4000000003 and ip is null limit 1)",
                "personal_salt = null, personal_digest = null")) {
            var trail = new Trail(postern);
            about(trail, 4_000_000_003L, 4_000_000_004L);
            trails.put(erasure, trail);
        }
        trails.forEach((erasure, trail) -> {
            trail.sealed();
            traces().erase(trail.application(), 4_000_000_003L);
            trail.change("update audit_event set ip = null, user_agent = null, reason = null, " + erasure
                    + " where application_id = ? and sequence = 2");
            assertBroken(trail, "changed", 2);
        });
    }

    @Test
    void brokenChainIsAlarmed() {
        var trail = new Trail(postern).with(5).sealed();
        Await.until(Trail.DEADLINE, "looked at", () -> metric(trail, "chain_length") == 5);
        assertEquals(0, metric(trail, "chain_broken"));

        trail.change("delete from audit_event where application_id = ? and sequence = 3");

        Await.until(Trail.DEADLINE, "alarmed", () -> metric(trail, "chain_broken") == 1);
    }

    private double metric(Trail trail, String name) {
        return told(name + "{application=\"" + trail.application() + "\"} ")
                .max()
                .orElse(-1);
    }

    /** What each copy tells, of a metric with its labels. */
    private DoubleStream told(String series) {
        return Stream.of(postern.first(), postern.second())
                .flatMap(copy ->
                        Api.at(copy).get("/q/metrics").expect(200).body().lines())
                .filter(line -> line.startsWith("postern_audit_" + series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
    }

    private PersonalTraces traces() {
        return new PersonalTraces(Trail.source(postern, () -> {}), Trail.seals(postern));
    }

    private void about(Trail trail, long... subjects) {
        for (var subject : subjects) {
            trail.change(
                    "insert into audit_event (application_id, subject_id, type, ip, user_agent, reason)"
                            + " values (?, ?, 'code_refused', '192.0.2.1', 'Browser', 'Their phone is lost')",
                    subject);
        }
    }

    private static void assertIntact(Trail trail, long rows) {
        var found = trail.verify();
        assertTrue(found.path("intact").booleanValue(), found::toString);
        assertEquals(rows, found.path("verified").longValue());
        assertEquals(1, found.path("first").longValue());
        assertTrue(found.path("head").textValue().startsWith(rows + "."));
    }

    private static JsonNode assertBroken(Trail trail, String kind, long sequence) {
        var found = trail.verify();
        assertFalse(found.path("intact").booleanValue());
        assertEquals(kind, found.at("/broken/kind").textValue(), found::toString);
        assertEquals(sequence, found.at("/broken/sequence").longValue(), found::toString);
        if (!kind.equals("head_changed") && !kind.equals("inserted")) {
            assertEquals(sequence - 1, found.path("verified").longValue(), found::toString);
        }
        return found.path("broken");
    }
}
