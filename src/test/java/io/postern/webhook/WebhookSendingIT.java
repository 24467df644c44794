package io.postern.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.harness.FaultLog;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.webhook.Receiver.Call;
import io.postern.webhook.Receiver.Manner;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events are told exactly when they happened, signed, at least once, under ids that stay. */
final class WebhookSendingIT {

    private final Postern postern = HookedSet.shared();
    private final HookedApp app = new HookedApp(postern);
    private final Receiver receiver = Receiver.start();
    private final Sql sql = Sql.on(postern);

    @AfterEach
    void close() {
        receiver.close();
        sql.change("update webhook_endpoint set enabled = false, off_reason = 'operator', off_at = now()"
                + " where application_id = '" + app.id() + "' and enabled");
    }

    @Test
    void changeIsToldSigned() {
        var hook = app.hook(receiver);
        var person = app.person();

        var call = receiver.await("factor_activated");

        assertEquals("/hook?from=postern", call.path());
        assertEquals("application/json", call.header("content-type"));
        assertEquals("Postern", call.header("user-agent"));
        assertEquals("127.0.0.1:" + receiver.port(), call.header("host"));
        assertEquals(List.of(Signatures.expected(hook.secret(), call)), Signatures.of(call));
        var age = Instant.now().getEpochSecond() - Long.parseLong(call.header("webhook-timestamp"));
        assertTrue(age >= 0 && age < 60, () -> "signed " + age + " s ago");
        assertEquals(Set.of("id", "type", "timestamp", "data"), members(call.json()));
        assertEquals(call.id(), call.json().path("id").textValue());
        assertTrue(Duration.between(Instant.parse(call.json().path("timestamp").textValue()), Instant.now())
                        .toSeconds()
                < 60);
        assertEquals(
                Map.of(
                        "application", app.id(),
                        "subject", person.subject(),
                        "factor", person.factor(),
                        "factor_type", "totp"),
                texts(call.json().path("data")));
    }

    @Test
    void approvalIsToldWithItsChallenge() {
        app.hook(receiver, "challenge_approved");
        var person = app.person();
        var challenge = person.challenge();
        person.verify(challenge, person.wrongCode()).expect(422);
        person.verify(challenge, person.code()).expect(200);

        var call = receiver.await("challenge_approved");

        assertEquals(
                Map.of(
                        "application", app.id(),
                        "subject", person.subject(),
                        "factor", person.factor(),
                        "factor_type", "totp",
                        "challenge", challenge),
                texts(call.json().path("data")));
    }

    @Test
    void repeatedFailuresAndALockAreToldAndSingleWrongCodesAreNot() {
        var hook = app.hook(receiver);
        var person = app.person();
        sql.change("update factor set failures = 98 where id = ?::uuid", person.factor());
        var challenge = person.challenge();
        person.verify(challenge, person.wrongCode()).expect(422);
        person.verify(challenge, person.wrongCode()).expect(422);

        receiver.await("factor_locked");
        receiver.await("failures_repeated");
        app.awaitCount(hook, 0, "state = 'waiting'");
        assertEquals(
                Set.of("factor_activated", "failures_repeated", "factor_locked"),
                receiver.calls().stream().map(Call::type).collect(Collectors.toSet()));
    }

    @Test
    void everyOtherChangeIsTold() {
        app.hook(receiver);
        var person = app.person();
        person.with(person.proof("change_email"))
                .put(person.path(), Map.of("email", "other-" + UUID.randomUUID() + "@example.com"))
                .expect(200);
        person.with(person.proof("new_recovery_codes"))
                .post(person.path("/recovery-codes"))
                .expect(201);
        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);

        for (var type : List.of("email_changed", "recovery_codes_renewed", "two_factor_disabled")) {
            var call = receiver.await(type);
            assertEquals(person.subject(), call.json().at("/data/subject").textValue());
            assertFalse(call.body().contains("@"), call::body);
        }
    }

    @Test
    void filterLetsThroughWhatItNames() {
        var filtered = Receiver.start();
        try {
            var all = app.hook(receiver);
            var some = app.hook(filtered, "two_factor_disabled");
            var person = app.person();
            person.with(person.proof("disable")).post(person.path("/disable")).expect(204);
            receiver.await("two_factor_disabled");
            filtered.await("two_factor_disabled");
            app.awaitCount(all, 0, "state = 'waiting'");
            app.awaitCount(some, 0, "state = 'waiting'");
            assertEquals(1, filtered.calls().size());
            assertEquals(
                    receiver.await("two_factor_disabled").id(),
                    filtered.await("two_factor_disabled").id());
        } finally {
            filtered.close();
        }
    }

    @Test
    void nothingIsToldOfAnotherApplicationOrWhileItIsOff() {
        var hook = app.hook(receiver);
        new HookedApp(postern).person();
        app.api().patch(hook.path(), Map.of("enabled", false)).expect(200);
        app.person();
        app.api().patch(hook.path(), Map.of("enabled", true)).expect(200);
        app.ping(hook);
        receiver.await("ping");
        assertEquals(1, receiver.calls().size());
    }

    /** The commit fails after everything was written. */
    @Test
    void changeThatIsRolledBackIsNotTold() {
        var hook = app.hook(receiver);
        var person = app.person();
        receiver.await("factor_activated");
        var proof = person.proof("disable");
        sql.change("""
                create function refuse_commit() returns trigger language plpgsql as
                $$ begin raise exception 'refused'; end $$""");
        sql.change("create constraint trigger refuse_commit after update on subject deferrable initially deferred"
                + " for each row when (new.external_id = '" + person.subject()
                + "') execute function refuse_commit()");
        try {
            person.with(proof).post(person.path("/disable")).expect(500);
        } finally {
            sql.change("drop function refuse_commit() cascade");
        }
        assertEquals(0, app.count(hook, "type = 'two_factor_disabled'"));

        person.with(proof).post(person.path("/disable")).expect(204);
        receiver.await("two_factor_disabled");
        assertEquals(1, receiver.calls("two_factor_disabled").size());
    }

    @Test
    void receiverThatWasDownGetsEverythingOnceItIsBackUnderTheSameIds() {
        receiver.now(Manner.FAILS);
        var hook = app.hook(receiver);
        var person = app.person();
        for (int i = 0; i < 4; i++) {
            person.verify(person.challenge(), person.code()).expect(200);
        }
        app.awaitCount(hook, 5, "state = 'waiting'");
        receiver.awaitCalls(1);
        isPutOffForAnHour(hook, 5);
        var failed = receiver.calls().stream().map(Call::id).collect(Collectors.toSet());
        var all = new HashSet<>(
                sql.texts("select message::text from webhook_delivery where endpoint_id = ?::uuid", hook.id()));

        receiver.now(Manner.TAKES);
        oneIsTriedAgain(hook);

        app.awaitCount(hook, 5, "state = 'delivered'");
        var taken = receiver.calls().stream().map(Call::id).collect(Collectors.toSet());
        assertEquals(all, taken);
        assertTrue(taken.containsAll(failed));
        receiver.calls()
                .forEach(call -> assertEquals(List.of(Signatures.expected(hook.secret(), call)), Signatures.of(call)));
        assertEquals("true", state(hook, "enabled"));
        assertTrue(app.state(hook).json().path("failing_since").isMissingNode());
    }

    /** It may have failed for what it says. */
    @Test
    void messageThatFailedOnceHurriesNoOtherWhenItIsTaken() {
        receiver.now(Manner.FAILS);
        var hook = app.hook(receiver);
        for (int i = 0; i < 3; i++) {
            app.ping(hook);
        }
        app.awaitCount(hook, 3, "state = 'waiting'");
        receiver.awaitCalls(1);
        isPutOffForAnHour(hook, 1);

        receiver.now(Manner.TAKES);
        oneIsTriedAgain(hook);

        app.awaitCount(hook, 1, "state = 'delivered'");
        assertEquals(2, app.count(hook, "state = 'waiting' and due_at > now() + interval '50 minutes'"));
    }

    /** As if the endpoint had failed so often in a row, and all its messages came up again in an hour. */
    private void isPutOffForAnHour(HookedApp.Hook hook, int failures) {
        sql.change("update webhook_endpoint set next_try_at = now() + interval '1 hour' where id = ?::uuid", hook.id());
        app.awaitCount(hook, 0, "claim is not null");
        sql.change("update webhook_endpoint set failures = ? where id = ?::uuid", failures, hook.id());
        sql.change(
                "update webhook_delivery set due_at = now() + interval '1 hour' where endpoint_id = ?::uuid"
                        + " and state = 'waiting'",
                hook.id());
    }

    private void oneIsTriedAgain(HookedApp.Hook hook) {
        sql.change(
                "update webhook_delivery set due_at = now() where id = (select id from webhook_delivery"
                        + " where endpoint_id = ?::uuid and state = 'waiting' limit 1)",
                hook.id());
        sql.change("update webhook_endpoint set next_try_at = null where id = ?::uuid", hook.id());
    }

    @Test
    void eachOfManyIsSentOnceByTwoCopiesFewAtATime() {
        var hook = app.hook(receiver);
        sql.change("insert into webhook_delivery (id, endpoint_id, message, type)" + " select gen_random_uuid(), '"
                + hook.id() + "', gen_random_uuid(), 'ping' from generate_series(1, 400)");
        app.awaitCount(hook, 400, "state = 'delivered'");
        assertEquals(400, receiver.calls().stream().map(Call::id).distinct().count());
        assertEquals(400, app.count(hook, "attempts = tries + 1"));
        // Only what was not answered in time, as on a busy machine, may have come twice.
        long failed = sql.number("select sum(tries) from webhook_delivery where endpoint_id = ?::uuid", hook.id());
        var calls = receiver.calls().size();
        assertTrue(calls <= 400 + failed, () -> calls + " calls, of which " + failed + " failed");
        assertTrue(receiver.mostAtOnce() <= 2 * Claims.MOST_OF_ONE, () -> receiver.mostAtOnce() + " at once");
    }

    @Test
    void handMadeRedeliveryHasTheSameIdAndIsSignedAnew() {
        var hook = app.hook(receiver);
        var delivery = app.ping(hook).text("id");
        var first = receiver.await("ping");
        app.awaitCount(hook, 1, "state = 'delivered'");

        var again = app.api()
                .post(hook.path("/deliveries/" + delivery + "/redeliver"))
                .expect(202);

        assertEquals("waiting", again.text("state"));
        receiver.awaitCalls(2);
        var second = receiver.calls().getLast();
        assertEquals(first.id(), second.id());
        assertEquals(first.body(), second.body());
        assertEquals(List.of(Signatures.expected(hook.secret(), second)), Signatures.of(second));
        app.awaitCount(hook, 1, "state = 'delivered' and attempts = 2");
    }

    @Test
    void twoSecretsSignUntilTheOlderOnesEnd() {
        var hook = app.hook(receiver);
        var rotated = app.api()
                .post(hook.path("/secrets"), Map.of("overlap_hours", 24))
                .expect(201);
        var newer = rotated.text("secret");
        assertEquals(2, rotated.json().path("secrets").size());
        app.ping(hook);
        var both = receiver.await("ping");
        assertEquals(
                List.of(Signatures.expected(newer, both), Signatures.expected(hook.secret(), both)),
                Signatures.of(both));

        sql.change(
                "update webhook_secret set expires_at = now() where endpoint_id = ?::uuid and expires_at is not null",
                hook.id());
        app.ping(hook);
        receiver.awaitCalls(2);
        var one = receiver.calls().getLast();
        assertEquals(List.of(Signatures.expected(newer, one)), Signatures.of(one));
        assertEquals(1, app.state(hook).json().path("secrets").size());
    }

    @Test
    void thirdSecretEndsTheFirstAndWithoutOverlapThereIsOne() {
        var hook = app.hook(receiver);
        var second = rotate(hook, 24);
        var third = rotate(hook, 24);
        app.ping(hook);
        var call = receiver.await("ping");
        assertEquals(List.of(Signatures.expected(third, call), Signatures.expected(second, call)), Signatures.of(call));
        var fourth = rotate(hook, 0);
        app.ping(hook);
        receiver.awaitCalls(2);
        var last = receiver.calls().getLast();
        assertEquals(List.of(Signatures.expected(fourth, last)), Signatures.of(last));
    }

    /** RULES H5: whoever is erased is told of no more, and stands in no row. */
    @Test
    void nothingIsToldOfSomebodyWhoIsGone() {
        receiver.now(Manner.FAILS);
        var hook = app.hook(receiver);
        var person = app.person();
        receiver.awaitCalls(1);
        app.awaitCount(hook, 0, "claim is not null");
        assertEquals(
                0,
                sql.number(
                        "select count(*) from webhook_delivery d where d::text like ?", "%" + person.subject() + "%"));
        sql.change("delete from subject where external_id = ?", person.subject());
        receiver.now(Manner.TAKES);
        app.timePasses(hook);
        app.awaitCount(hook, 0, "true");
        assertEquals(1, receiver.calls().size());
    }

    /** RULES H4 and C4. */
    @Test
    void secretsAndUrlsStandInNoLogAndSecretsInNoTable() throws Exception {
        var faults = FaultLog.from(postern);
        var hook = app.hook(receiver.url() + "&key=hook-key-" + app.id());
        var newer = rotate(hook, 24);
        receiver.now(Manner.FAILS);
        app.ping(hook);
        receiver.awaitCalls(1);
        app.awaitCount(hook, 0, "claim is not null");
        receiver.now(Manner.IS_GONE);
        app.timePasses(hook);
        app.awaitState(hook, "off_reason", "gone");

        var secrets =
                List.of(hook.secret(), newer, hook.secret().substring(6), newer.substring(6), "hook-key-" + app.id());
        for (var log : postern.logs()) {
            var text = java.nio.file.Files.readString(log);
            secrets.forEach(secret -> assertFalse(text.contains(secret), log::toString));
        }
        for (int copy = 0; copy < 2; copy++) {
            var metrics = io.postern.harness.Api.at(postern.copy(copy).baseUrl())
                    .get("/q/metrics")
                    .expect(200)
                    .body();
            secrets.forEach(secret -> assertFalse(metrics.contains(secret)));
            assertFalse(metrics.contains("/hook"), metrics);
            assertFalse(metrics.contains(String.valueOf(receiver.port())), metrics);
        }
        for (var row : sql.texts("select s::text from webhook_secret s where endpoint_id = ?::uuid", hook.id())) {
            secrets.forEach(secret -> assertFalse(row.contains(
                    java.util.HexFormat.of().formatHex(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8)))));
            assertTrue(row.contains("seal-1"), row);
        }
        assertEquals(List.of(), faults.entries());
    }

    private String rotate(HookedApp.Hook hook, int hours) {
        return app.api()
                .post(hook.path("/secrets"), Map.of("overlap_hours", hours))
                .expect(201)
                .text("secret");
    }

    private String state(HookedApp.Hook hook, String member) {
        return app.state(hook).json().path(member).asText();
    }

    private static Set<String> members(JsonNode node) {
        var names = new TreeSet<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Map<String, String> texts(JsonNode node) {
        return node.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, member -> member.getValue().textValue()));
    }
}
