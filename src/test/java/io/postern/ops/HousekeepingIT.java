package io.postern.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.ExtraCopy;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What has ended goes, in bounded batches, by one copy at a time. A copy that starts does a round of it. */
final class HousekeepingIT {
    private static final long LOCK = 0x706f737465726eL;

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Sql sql = Sql.on(postern);

    @Test
    void endedRowsGoAndOthersStay() {
        var ended = pendingFactor("now() - interval '1 second'");
        var pending = pendingFactor("now() + interval '1 hour'");
        var active = Person.enrolled(postern, api).factor();
        proofs("ended-", 1, "now() - interval '1 second'");
        proofs("good-", 1, "now() + interval '1 hour'");
        var leftover = removedFactor("7 days 1 minute");
        var kept = removedFactor("6 days 23 hours");
        var old = approval("now() - interval '25 hours'");
        var recent = approval("now() - interval '23 hours'");

        round();

        assertEquals(0, count("factor where id = ?::uuid", ended));
        assertEquals(1, count("factor where id = ?::uuid", pending));
        assertEquals(1, count("factor where id = ?::uuid", active));
        assertEquals(0, count("factor where id = ?::uuid", leftover));
        assertEquals(1, count("factor where id = ?::uuid", kept));
        assertEquals(1, count("subject_change where factor_id = ?::uuid", active)); // that it was added
        assertEquals(0, count("subject_change where factor_id = ?::uuid", leftover));
        assertEquals(0, count("disowning_link l where not exists (select from subject_change where id = l.change_id)"));
        assertEquals(0, count("spent_proof where jti = ?", "ended-1"));
        assertEquals(1, count("spent_proof where jti = ?", "good-1"));
        assertEquals(0, count("approval where challenge = ?::uuid", old));
        assertEquals(1, count("approval where challenge = ?::uuid", recent));
    }

    @Test
    void nothingIsTakenWhileAnotherCopyIsAtIt() throws Exception {
        try (var connection = postern.connect();
                var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            proofs("alone-", 10, "now() - interval '1 second'");
            round();
            assertEquals(10, count("spent_proof where jti like ?", "alone-%"));
        }
    }

    @Test
    void roundTakesAllInBatchesOfAThousand() {
        sql.change("create table batch (rows bigint)");
        sql.change("""
                create function note_batch() returns trigger language plpgsql security definer as
                $$ begin insert into batch select count(*) from gone; return null; end $$""");
        sql.change("""
                create trigger note_batch after delete on spent_proof
                referencing old table as gone for each statement execute function note_batch()""");
        try {
            proofs("batch-", 3_500, "now() - interval '1 second'");
            round();
            assertEquals(0, count("spent_proof where jti like ?", "batch-%"));
            assertEquals(1_000, sql.number("select max(rows) from batch"));
        } finally {
            sql.change("drop function note_batch() cascade");
            sql.change("drop table batch");
        }
    }

    @Test
    void monthsOfTheAuditTrailAreThereBeforeTheyBegin() {
        requireMonths();
        Person.enrolled(postern, api);
        assertEquals(0, count("audit_event_rest where at > now() - interval '1 minute'"));
    }

    private void requireMonths() {
        var month = YearMonth.from(LocalDate.now(ZoneOffset.UTC));
        for (int ahead = 0; ahead <= 2; ahead++) {
            var name = "audit_event_%s"
                    .formatted(month.plusMonths(ahead).toString().replace('-', '_'));
            assertEquals(1, count("pg_inherits where inhrelid = to_regclass(?)", name), name);
        }
    }

    @Test
    void taskThatFailsDoesNotHoldUpTheOthers() {
        var from = YearMonth.from(LocalDate.now(ZoneOffset.UTC)).plusMonths(2);
        sql.change("drop table audit_event_" + from.toString().replace('-', '_'));
        sql.change(
                "insert into audit_event (at, application_id, type) values (?::timestamptz, 'demo-admin', 'test')",
                from + "-15");
        proofs("held-up-", 1, "now() - interval '1 second'");

        round();

        assertEquals(0, count("spent_proof where jti like ?", "held-up-%"));
        sql.change("delete from audit_event where at >= ?::timestamptz", from + "-01");
        round();
        requireMonths();
    }

    @Test
    void copiesThatStartedTogetherDidNotFail() throws IOException {
        for (var log : postern.logs()) {
            var start = Files.readAllLines(log).stream()
                    .takeWhile(line -> !line.contains("Listening on"))
                    .toList();
            assertFalse(start.isEmpty());
            assertFalse(start.toString().contains("Housekeeping failed"), start::toString);
        }
    }

    private void round() {
        ExtraCopy.of(postern, Map.of()).close();
    }

    private String pendingFactor(String end) {
        var person = Person.registered(postern, api);
        var factor = api.post(person.path("/factors"), Map.of("type", "totp"))
                .expect(201)
                .text("id");
        sql.change("update factor set expires_at = " + end + " where id = ?::uuid", factor);
        return factor;
    }

    /** RULES F5: with the recovery codes, the changes that it came and went with, and their links. */
    private String removedFactor(String ago) {
        var person = Person.enrolled(postern, api);
        var factor = person.factor();
        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);
        assertEquals(
                2,
                count(
                        "factor where status = 'removed' and removed_by is not null and subject_id ="
                                + " (select id from subject where external_id = ?)",
                        person.subject()));
        var of = " where subject_id = (select subject_id from factor where id = ?::uuid)";
        sql.change("update subject_change set at = now() - interval '" + ago + "'" + of, factor);
        sql.change(
                "update factor set removed_at = now() - interval '" + ago + "' where status = 'removed' and id in"
                        + " (select id from factor" + of + ")",
                factor);
        return factor;
    }

    private void proofs(String prefix, int number, String end) {
        sql.change(
                "insert into spent_proof (jti, expires_at) select ? || n, " + end + " from generate_series(1, ?) n",
                prefix,
                number);
    }

    private String approval(String at) {
        var challenge = UUID.randomUUID().toString();
        sql.change("insert into approval (challenge, at) values (?::uuid, " + at + ")", challenge);
        return challenge;
    }

    private long count(String what, Object... values) {
        return sql.number("select count(*) from " + what, values);
    }
}
