package io.postern.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.harness.Api;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.webhook.HookedApp.Hook;
import io.postern.webhook.Receiver.Manner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that fail, hang, lead elsewhere or are gone: none of them holds up another, or a sign-in. */
final class WebhookFailuresIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Postern postern = HookedSet.shared();
    private final HookedApp app = new HookedApp(postern);
    private final Receiver receiver = Receiver.start();
    private final Sql sql = Sql.on(postern);

    @AfterEach
    void close() {
        receiver.close();
        sql.change("delete from webhook_secret where key_id = 'lost'"); // a copy that starts later would refuse to
        sql.change(
                "update webhook_endpoint set enabled = false, off_reason = 'operator', off_at = now() where enabled");
    }

    @ParameterizedTest
    @CsvSource({"HANGS,timed_out", "DRIPS,timed_out", "BABBLES,no_answer", "HANGS_UP,no_answer"})
    void callWithoutAnAnswerIsToldAndMadeAgain(Manner manner, String error) {
        receiver.now(manner);
        var hook = app.hook(receiver);
        var delivery = app.ping(hook).text("id");

        app.awaitCount(hook, 1, "tries = 1 and claim is null");

        var shown = app.api().get(hook.path("/deliveries")).expect(200).json().at("/deliveries/0");
        assertEquals(delivery, shown.path("id").textValue());
        assertEquals("waiting", shown.path("state").textValue());
        assertEquals(error, shown.path("last_error").textValue());
        assertTrue(shown.path("last_status").isMissingNode());
        assertTrue(app.state(hook).json().hasNonNull("failing_since"));
        receiver.now(Manner.TAKES);
        app.timePasses(hook);
        app.awaitCount(hook, 1, "state = 'delivered' and attempts = 2");
    }

    @Test
    void receiverThatIsAwayIsTold() {
        var hook = app.hook(receiver);
        receiver.close();
        app.ping(hook);
        app.awaitCount(hook, 1, "last_error = 'no_connection'");
    }

    /** The status decides; nobody reads what comes without end. */
    @Test
    void endlessAnswerIsCutOff() {
        receiver.now(Manner.POURS);
        var hook = app.hook(receiver);
        app.ping(hook);
        app.awaitCount(hook, 1, "state = 'delivered' and last_status = 200");
        Await.until(SOON, "the receiver is cut off", () -> receiver.mostAtOnce() == 1 && isQuiet());
        assertTrue(receiver.written() < 64L << 20, () -> receiver.written() + " bytes were taken");
    }

    private boolean isQuiet() {
        long before = receiver.written();
        return !Await.holdsWithin(Duration.ofMillis(300), () -> receiver.written() > before);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectIsNotFollowed(int status) {
        var elsewhere = Receiver.start();
        try {
            receiver.redirectTo(status, elsewhere.url());
            var hook = app.hook(receiver);
            app.ping(hook);
            app.awaitCount(hook, 1, "last_status = " + status + " and state = 'waiting'");
            assertEquals(0, elsewhere.connections());
        } finally {
            elsewhere.close();
        }
    }

    @Test
    void receiverThatIsGoneIsSwitchedOffAtOnceAndTheOthersAreTold() {
        var other = Receiver.start();
        try {
            var hook = app.hook(receiver);
            var witness = app.hook(other);
            receiver.now(Manner.IS_GONE);
            app.ping(hook);

            app.awaitState(hook, "off_reason", "gone");
            assertEquals(false, app.state(hook).json().path("enabled").booleanValue());
            app.api().post(hook.path("/ping")).expectProblem(409, "webhook_disabled");
            app.api()
                    .post(hook.path("/deliveries/" + delivery(hook) + "/redeliver"))
                    .expectProblem(409, "webhook_disabled");
            var told = other.await("webhook_disabled").json().path("data");
            assertEquals(hook.id(), told.path("webhook").textValue());
            assertEquals("gone", told.path("reason").textValue());
            assertEquals(1, audited("webhook_disabled"));
            assertEquals(true, app.state(witness).json().path("enabled").booleanValue());

            receiver.now(Manner.TAKES);
            app.api().patch(hook.path(), Map.of("enabled", true)).expect(200);
            app.timePasses(hook);
            app.awaitCount(hook, 0, "state = 'waiting'");
            assertEquals(2, receiver.calls("ping").size());
        } finally {
            other.close();
        }
    }

    private String delivery(Hook hook) {
        return app.api()
                .get(hook.path("/deliveries"))
                .expect(200)
                .json()
                .at("/deliveries/0/id")
                .textValue();
    }

    private long audited(String type) {
        return sql.number("select count(*) from audit_event where application_id = ? and type = ?", app.id(), type);
    }

    @Test
    void endpointThatFailsForThreeDaysIsSwitchedOff() {
        receiver.now(Manner.FAILS);
        var hook = app.hook(receiver);
        app.ping(hook);
        app.awaitCount(hook, 1, "tries = 1");
        sql.change(
                "update webhook_endpoint set failing_since = now() - interval '71 hours' where id = ?::uuid",
                hook.id());
        app.timePasses(hook);
        app.awaitCount(hook, 1, "tries = 2");
        assertEquals(true, app.state(hook).json().path("enabled").booleanValue());

        sql.change(
                "update webhook_endpoint set failing_since = now() - interval '73 hours' where id = ?::uuid",
                hook.id());
        app.timePasses(hook);

        app.awaitState(hook, "off_reason", "failing");
        assertEquals(1, audited("webhook_disabled"));
        app.api().patch(hook.path(), Map.of("enabled", true)).expect(200);
        assertTrue(app.state(hook).json().path("failing_since").isMissingNode());
    }

    @Test
    void deliveryFailsForGoodAfterThreeDaysAndCanBeSentByHand() {
        receiver.now(Manner.FAILS);
        var hook = app.hook(receiver);
        var delivery = app.ping(hook).text("id");
        app.awaitCount(hook, 1, "tries = 1");
        assertEquals(
                1, app.count(hook, "expires_at - created_at between" + " interval '71 hours' and interval '73 hours'"));
        sql.change(
                "update webhook_delivery set expires_at = now() + interval '3 seconds' where id = ?::uuid", delivery);
        app.timePasses(hook);
        app.awaitCount(hook, 1, "state = 'failed' and last_status = 500");

        receiver.now(Manner.TAKES);
        app.api().post(hook.path("/deliveries/" + delivery + "/redeliver")).expect(202);
        app.awaitCount(hook, 1, "state = 'delivered'");
        assertEquals(
                1, receiver.calls().stream().map(Receiver.Call::id).distinct().count());
    }

    @Test
    void retryAfterIsHonouredUpToAnHour() {
        receiver.now(Manner.IS_BUSY);
        var hook = app.hook(receiver);
        app.ping(hook);
        app.awaitCount(
                hook,
                1,
                "last_status = 429 and due_at between now() + interval '50 minutes' and now() + interval '61 minutes'");
        assertEquals(
                1,
                sql.number(
                        "select count(*) from webhook_endpoint where id = ?::uuid"
                                + " and next_try_at between now() + interval '50 minutes' and now() + interval '61 minutes'",
                        hook.id()));
    }

    @Test
    void waitsGrow() {
        receiver.now(Manner.FAILS);
        var hook = app.hook(receiver);
        app.ping(hook);
        app.awaitCount(hook, 1, "tries = 1 and due_at between now() and now() + interval '10 seconds'");
        app.timePasses(hook);
        app.awaitCount(
                hook,
                1,
                "tries = 2 and due_at between now() + interval '10 seconds' and now() + interval '30 seconds'");
        sql.change("update webhook_delivery set tries = 9 where endpoint_id = ?::uuid", hook.id());
        sql.change("update webhook_endpoint set failures = 9 where id = ?::uuid", hook.id());
        app.timePasses(hook);
        app.awaitCount(
                hook, 1, "tries = 10 and due_at between now() + interval '110 minutes' and now() + interval '4 hours'");
        assertEquals(
                1,
                sql.number(
                        "select count(*) from webhook_endpoint where id = ?::uuid and failures = 10"
                                + " and next_try_at between now() + interval '4 minutes' and now() + interval '10 minutes'",
                        hook.id()));
    }

    /** A hundred messages for receivers that hang, and sign-ins and another endpoint as if there were none. */
    @Test
    void deadEndpointHoldsUpNeitherOthersNorSignIns() {
        receiver.now(Manner.HANGS);
        for (int i = 0; i < 10; i++) {
            var dead = app.hook(receiver);
            sql.change("insert into webhook_delivery (id, endpoint_id, message, type)"
                    + " select gen_random_uuid(), '" + dead.id()
                    + "', gen_random_uuid(), 'ping' from generate_series(1, 100)");
        }
        receiver.awaitCalls(20);
        var healthy = Receiver.start();
        try {
            var elsewhere = new HookedApp(postern);
            var person = elsewhere.person();
            elsewhere.hook(healthy);
            var begin = Instant.now();
            for (int i = 0; i < 5; i++) {
                person.verify(person.challenge(), person.code()).expect(200);
            }
            assertTrue(Duration.between(begin, Instant.now()).toSeconds() < 10);
            healthy.awaitCalls(5);
            Await.until(SOON, "few at once", () -> receiver.calls().size() < 200);
        } finally {
            healthy.close();
        }
    }

    @Test
    void failingEndpointIsAskedWithOneMessageAtATime() {
        receiver.now(Manner.FAILS);
        var hook = app.hook(receiver);
        sql.change("insert into webhook_delivery (id, endpoint_id, message, type)" + " select gen_random_uuid(), '"
                + hook.id() + "', gen_random_uuid(), 'ping' from generate_series(1, 50)");
        receiver.awaitCalls(1);
        app.awaitCount(hook, 0, "claim is not null");
        int first = receiver.calls().size();
        assertTrue(first <= 2 * Claims.MOST_OF_ONE, () -> first + " calls");
        sql.change("update webhook_endpoint set failures = 9, next_try_at = null where id = ?::uuid", hook.id());
        receiver.awaitCalls(first + 1);
        app.awaitCount(hook, 0, "claim is not null");
        assertTrue(receiver.calls().size() <= first + 2, () -> "one each for both copies, not " + receiver.calls());
    }

    /** RULES I1. */
    @Test
    void deliveriesOfASuspendedApplicationWait() {
        var hook = app.hook(receiver);
        sql.change("update application set suspended_at = now() where id = ?", app.id());
        sql.change(
                "insert into webhook_delivery (id, endpoint_id, message, type)"
                        + " values (gen_random_uuid(), ?::uuid, gen_random_uuid(), 'ping')",
                hook.id());
        var other = new HookedApp(postern);
        var sentinel = other.hook(receiver);
        other.ping(sentinel);
        other.awaitCount(sentinel, 1, "state = 'delivered'");
        assertEquals(1, app.count(hook, "attempts = 0"));

        sql.change("update application set suspended_at = null where id = ?", app.id());
        app.awaitCount(hook, 1, "state = 'delivered'");
    }

    /** RULES H4: also when the ring has lost a key, or the secret is another row's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update webhook_secret set key_id = 'lost' where endpoint_id = ?::uuid",
                "update webhook_secret set id = gen_random_uuid() where endpoint_id = ?::uuid",
                "delete from webhook_secret where endpoint_id = ?::uuid"
            })
    void nothingGoesOutUnsigned(String loss) {
        var hook = app.hook(receiver);
        sql.change(loss, hook.id());
        app.ping(hook);
        app.awaitCount(hook, 1, "tries = 1 and last_error = 'internal_error'");
        assertEquals(0, receiver.connections());
    }

    /** Whoever claims after the takeover has the row; the first one's end is no longer heard. */
    @Test
    void lateEndOfALostClaimChangesNothing() {
        receiver.now(Manner.HANGS);
        var hook = app.hook(receiver);
        app.ping(hook);
        receiver.awaitCalls(1);
        var claim = UUID.randomUUID();
        sql.change(
                "update webhook_delivery set claim = ?, due_at = now() + interval '1 minute' where endpoint_id = ?::uuid",
                claim,
                hook.id());
        // The call times out meanwhile; the next ping's failure shows that it has.
        app.ping(hook);
        app.awaitCount(hook, 1, "tries = 1");
        assertEquals(1, app.count(hook, "tries = 0 and claim = '" + claim + "'"));
    }

    @Test
    void outcomesAreCountedByApplication() {
        var hook = app.hook(receiver);
        app.ping(hook);
        receiver.awaitCalls(1);
        receiver.now(Manner.FAILS);
        app.ping(hook);
        app.awaitCount(hook, 1, "tries = 1 and claim is null");
        for (var outcome : new String[] {"delivered", "retried"}) {
            Await.until(
                    SOON,
                    outcome + " is counted",
                    () -> pages().contains("postern_webhook_deliveries_total{application=\"%s\",outcome=\"%s\"} 1.0"
                            .formatted(app.id(), outcome)));
        }
        sql.change(
                "update webhook_delivery set due_at = now() - interval '2 hours' where endpoint_id = ?::uuid and state = 'waiting'",
                hook.id());
        sql.change("update webhook_endpoint set next_try_at = now() + interval '1 hour' where id = ?::uuid", hook.id());
        Await.until(SOON, "the backlog is seen", () -> backlogs().anyMatch(seconds -> seconds >= 7_200));
        sql.change(
                "update webhook_endpoint set enabled = false, off_reason = 'operator', off_at = now() where id = ?::uuid",
                hook.id());
        Await.until(
                SOON,
                "nothing waits for an endpoint that is off",
                () -> backlogs().allMatch(seconds -> seconds < 7_200));
    }

    /** As each copy tells it. */
    private DoubleStream backlogs() {
        return pages().lines()
                .filter(line -> line.startsWith("postern_webhook_backlog_seconds "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)));
    }

    private String pages() {
        return Api.at(postern.first()).get("/q/metrics").expect(200).body()
                + Api.at(postern.second()).get("/q/metrics").expect(200).body();
    }
}
