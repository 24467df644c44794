package io.postern.housekeeping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Computer;
import io.postern.harness.ExtraCopy;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What has ended goes, in bounded batches, by one copy at a time. One that does a round each second is beside the others. */
@TestInstance(Lifecycle.PER_CLASS)
final class HousekeepingIT {
    /** Tables with the names of the tasks that take ended rows out of them. */
    private static final Map<String, Set<String>> TASKS = Map.of(
            "factor", Set.of("pending_factors", "removed_factors", "bypass_codes"),
            "spent_proof", Set.of("spent_proofs"),
            "approval", Set.of("approvals"),
            "outbox", Set.of("outbox"));

    private static final Pattern RUN = Pattern.compile(
            "postern_housekeeping_runs_total\\{outcome=\"(?<outcome>\\w+)\",task=\"(?<task>\\w+)\"} (?<runs>\\S+)");

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Sql sql = Sql.on(postern);
    private final ExtraCopy copy = ExtraCopy.of(postern, Map.of("POSTERN_HOUSEKEEPING_INTERVAL", "1s"));

    @AfterAll
    void close() {
        copy.close();
    }

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
        var person = Person.registered(postern, api);
        for (var address : List.of("first@example.com", "second@example.com")) {
            api.put(person.path(), Map.of("email", address)).expect(200);
        }
        sql.change(
                "update former_address set ends_at = now() - interval '1 second' where id = (select f.id from"
                        + " former_address f join subject s on s.id = f.subject_id where s.external_id = ? limit 1)",
                person.subject());
        sql.change(
                "insert into erased_subject values ('\\x01', now() - interval '1 second'), ('\\x02', now() + interval '1 hour')");
        var oldImport = importOf(3_000, "now() - interval '31 days'");
        var recentImport = importOf(1, "now() - interval '29 days'");
        var forgotten = device("now() - interval '1 second'");
        var remembered = device("now() + interval '1 hour'");
        var code = bypassCode("now() - interval '1 second'");
        var goodCode = bypassCode("now() + interval '1 hour'");

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
        assertEquals(
                1,
                count(
                        "former_address f join subject s on s.id = f.subject_id where s.external_id = ?",
                        person.subject()));
        assertEquals(
                List.of("\\x02"),
                sql.texts("delete from erased_subject where length(digest) = 1 returning digest::text"));
        assertEquals(0, count("import_line where import_id = ?::uuid", oldImport));
        assertEquals(0, count("import where id = ?::uuid", oldImport));
        assertEquals(1, count("import_line where import_id = ?::uuid", recentImport));
        assertEquals(1, count("import where id = ?::uuid", recentImport));
        assertEquals(0, count("remembered_device where id = ?::uuid", forgotten));
        assertEquals(1, count("remembered_device where id = ?::uuid", remembered));
        assertEquals(0, count("factor where id = ?::uuid", code) + count("bypass_request where id = ?::uuid", code));
        assertEquals(1, count("factor where id = ?::uuid", goodCode));
        assertEquals(1, count("bypass_request where id = ?::uuid", goodCode));
    }

    @Test
    void deliveriesOfWebhooksGoWhenTheyHaveBeenShownLongEnough() {
        var webhook = webhook();
        var removed = webhook();
        delivery(webhook, "delivered", "now() - interval '8 days'");
        var delivered = delivery(webhook, "delivered", "now() - interval '6 days'");
        delivery(webhook, "failed", "now() - interval '31 days'");
        var failed = delivery(webhook, "failed", "now() - interval '29 days'");
        var over = delivery(webhook, "waiting", "null");
        var waiting = delivery(webhook, "waiting", "null");
        sql.change("update webhook_delivery set expires_at = now() where id = ?::uuid", over);
        delivery(removed, "waiting", "null");
        sql.change(
                "update webhook_endpoint set removed_at = now() - interval '11 minutes' where id = ?::uuid", removed);
        sql.change(
                "insert into webhook_secret (id, endpoint_id, key_id, secret, expires_at)"
                        + " values (gen_random_uuid(), ?::uuid, 'seal-1', '', now())",
                webhook);

        round();

        assertEquals(
                Set.of(delivered, failed, over, waiting),
                Set.copyOf(sql.texts("select id from webhook_delivery where endpoint_id = ?::uuid", webhook)));
        assertEquals(1, count("webhook_delivery where id = ?::uuid and state = 'failed'", over));
        assertEquals(1, count("webhook_delivery where id = ?::uuid and state = 'waiting'", waiting));
        assertEquals(0, count("webhook_delivery where endpoint_id = ?::uuid", removed));
        assertEquals(0, count("webhook_secret where endpoint_id = ?::uuid", webhook));
        assertEquals(1, count("webhook_endpoint where id = ?::uuid", webhook));
        round();
        assertEquals(0, count("webhook_endpoint where id = ?::uuid", removed));
    }

    private String webhook() {
        var id = UUID.randomUUID().toString();
        sql.change(
                "insert into webhook_endpoint (id, application_id, url, enabled, off_reason, off_at)"
                        + " values (?::uuid, 'other-admin', 'https://192.0.2.1/', false, 'operator', now())",
                id);
        return id;
    }

    private String delivery(String webhook, String state, String endedAt) {
        var id = UUID.randomUUID().toString();
        sql.change(
                "insert into webhook_delivery (id, endpoint_id, message, type, state, ended_at)"
                        + " values (?::uuid, ?::uuid, gen_random_uuid(), 'ping', ?, " + endedAt + ")",
                id,
                webhook,
                state);
        return id;
    }

    /** Where every channel is off nobody moves messages, and they end all the same. */
    @Test
    void messagesWhoseTimeIsOverGo() {
        sql.change(
                "insert into outbox (id, sealed, due_at, expires_at) select gen_random_uuid(), '\\x00',"
                        + " now() + interval '1 day', now() + make_interval(hours => n) from generate_series(-5, 5) n where n <> 0");
        round();
        assertEquals(0, count("outbox where expires_at < now()"));
        assertEquals(5, sql.change("delete from outbox where sealed = '\\x00'"));
    }

    @Test
    void nothingIsTakenWhileAnotherCopyIsAtIt() throws Exception {
        try (var connection = postern.connect();
                var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(x'706f7374'::int, hashtext('spent_proofs'))");
            proofs("alone-", 10, "now() - interval '1 second'");
            var old = approval("now() - interval '25 hours'");
            round("spent_proofs");
            assertEquals(10, count("spent_proof where jti like ?", "alone-%"));
            assertEquals(0, count("approval where challenge = ?::uuid", old), "a lock is of one task");
        }
        round();
        assertEquals(0, count("spent_proof where jti like ?", "alone-%"));
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
    void taskThatFailsDoesNotHoldUpTheOthersAndIsCounted() {
        for (var failing : TASKS.entrySet()) {
            var table = failing.getKey();
            var ended = pendingFactor("now() + interval '1 hour'");
            sql.change("create function refuse() returns trigger language plpgsql as"
                    + " $$ begin raise exception 'refused'; end $$");
            sql.change("create trigger refuse before delete on " + table
                    + " for each statement execute function refuse()");
            try {
                round(failing.getValue().toArray(String[]::new));
                var before = metrics();
                var proof = "held-up-by-" + table + "-";
                sql.change("update factor set expires_at = now() - interval '1 second' where id = ?::uuid", ended);
                proofs(proof, 1, "now() - interval '1 second'");
                var old = approval("now() - interval '25 hours'");

                round(failing.getValue().toArray(String[]::new));

                assertEquals(table.equals("factor") ? 1 : 0, count("factor where id = ?::uuid", ended));
                assertEquals(table.equals("spent_proof") ? 1 : 0, count("spent_proof where jti = ?", proof + "1"));
                assertEquals(table.equals("approval") ? 1 : 0, count("approval where challenge = ?::uuid", old));
                assertCounted(failing.getValue(), before, metrics());
            } finally {
                sql.change("drop function refuse() cascade");
            }
        }
        round();
        assertEquals(0, count("spent_proof where jti like 'held-up-by-%'"));
    }

    private static void assertCounted(Set<String> failing, String before, String after) {
        for (var task : TASKS.values().stream().flatMap(Set::stream).toList()) {
            double done = metric(after, "runs_total", task, "outcome=\"done\"")
                    - metric(before, "runs_total", task, "outcome=\"done\"");
            double failed = metric(after, "runs_total", task, "outcome=\"failed\"")
                    - metric(before, "runs_total", task, "outcome=\"failed\"");
            double success = metric(after, "last_success_timestamp_seconds", task, "");
            boolean fails = failing.contains(task);
            assertEquals(fails, failed > 0, task);
            assertEquals(fails, done == 0, task);
            assertEquals(fails, success == metric(before, "last_success_timestamp_seconds", task, ""), task);
            assertTrue(success > 1_700_000_000, task);
        }
    }

    private String metrics() {
        return Api.at(copy.baseUrl()).get("/q/metrics").expect(200).body();
    }

    private static double metric(String page, String name, String task, String label) {
        return page.lines()
                .filter(line -> line.startsWith("postern_housekeeping_" + name + "{"))
                .filter(line -> line.contains("task=\"" + task + "\"") && line.contains(label))
                .mapToDouble(HousekeepingIT::value)
                .findFirst()
                .orElse(-1);
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
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

    /** Returns when a round has ended that began after the call: each task was done, those that cannot be were tried. */
    private void round(String... kept) {
        double before = rounds(kept);
        Await.until(
                Duration.ofMinutes(1),
                "a round, and what was left of the one before",
                () -> rounds(kept) >= before + 2);
    }

    /** Rounds that have come to the end of every task. */
    private double rounds(String... kept) {
        return metrics()
                .lines()
                .map(RUN::matcher)
                .filter(Matcher::matches)
                .filter(run ->
                        run.group("outcome").equals("done") || List.of(kept).contains(run.group("task")))
                .collect(Collectors.groupingBy(
                        run -> run.group("task"),
                        Collectors.summingDouble(run -> Double.parseDouble(run.group("runs")))))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElseThrow();
    }

    /** With a request of the same id. */
    private String bypassCode(String end) {
        var id = UUID.randomUUID().toString();
        var subject = Person.registered(postern, api).subject();
        sql.change(
                "insert into factor (id, subject_id, type, label, status, key_id, secret, good_until, good_for)"
                        + " select ?::uuid, id, 'bypass_code', 'Code', 'active', 'seal-1', '', " + end
                        + ", version from subject where external_id = ?",
                id,
                subject);
        sql.change(
                "insert into bypass_request (id, subject_id, subject_version, actor, minutes, expires_at)"
                        + " select ?::uuid, id, version, 'desk-9', 15, " + end + " from subject where external_id = ?",
                id,
                subject);
        return id;
    }

    private String pendingFactor(String end) {
        var person = Person.registered(postern, api);
        var factor = api.post(person.path("/factors"), Map.of("type", "totp"))
                .expect(201)
                .text("id");
        sql.change("update factor set expires_at = " + end + " where id = ?::uuid", factor);
        return factor;
    }

    private String device(String end) {
        var device = Computer.of(Person.enrolled(postern, api)).device();
        sql.change("update remembered_device set expires_at = " + end + " where id = ?::uuid", device);
        return device;
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

    private String importOf(int lines, String updated) {
        var id = UUID.randomUUID().toString();
        sql.change(
                "insert into import (id, application_id, tell_people, created_at, updated_at)"
                        + " values (?::uuid, 'demo-admin', false, now(), now())",
                id);
        sql.change(
                "insert into import_line (import_id, line, outcome) select ?::uuid, n, 'refused' from generate_series(1, ?) n",
                id,
                lines);
        sql.change("update import set updated_at = " + updated + " where id = ?::uuid", id);
        return id;
    }
}
