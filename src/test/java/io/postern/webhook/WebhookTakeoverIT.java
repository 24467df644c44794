package io.postern.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.embedded.Await;
import io.postern.harness.ExtraCopies;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.webhook.Receiver.Manner;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A copy that is killed in the middle of a call loses nothing: another takes over when its lease is over, not before. */
final class WebhookTakeoverIT {

    @Test
    void callOfAKilledCopyIsTakenOverAfterTheLease() {
        var options = HookedSet.options().withCopies(1).withEnvironment("POSTERN_WEBHOOK_LONGEST_CALL", "10s");
        try (var postern = Postern.start(options);
                var copies = ExtraCopies.beside(postern);
                var receiver = Receiver.start()) {
            var app = new HookedApp(postern);
            receiver.now(Manner.HANGS);
            var hook = app.hook(receiver);
            app.ping(hook);
            var begun = receiver.await("ping");
            postern.copy(0).kill();

            receiver.now(Manner.TAKES);
            copies.start(HookedSet.ENVIRONMENT);
            queue(postern, hook.id());
            app.awaitCount(hook, 1, "state = 'delivered'");
            assertEquals(2, receiver.calls().size(), "the lease is not over yet");

            Sql.on(postern).change("update webhook_delivery set due_at = now() where endpoint_id = ?::uuid", hook.id());
            app.awaitCount(hook, 2, "state = 'delivered'");
            assertEquals(
                    List.of(begun.id(), begun.body()),
                    List.of(
                            receiver.calls().getLast().id(),
                            receiver.calls().getLast().body()));
            assertEquals(1, app.count(hook, "attempts = 2"));
        }
    }

    /** Between the claim and the call: what another copy has told meanwhile is not told once more. */
    @Test
    void copyThatStoodStillAfterItsClaimTellsNothing() throws SQLException {
        // A copy whose claim was not answered in time would tell nothing anyway.
        var options = HookedSet.options()
                .withEnvironment("POSTERN_WEBHOOK_TAKEOVER", "4s")
                .withEnvironment("QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_SOCKETTIMEOUT", "60");
        try (var postern = Postern.start(options);
                var receiver = Receiver.start()) {
            var app = new HookedApp(postern);
            var hook = app.hook(receiver);
            var still = postern.copy(0);
            var other = postern.copy(1);
            other.freeze();
            freezeInTheMiddleOfAClaim(postern, hook.id());
            var stopped = Instant.now();
            app.awaitCount(hook, 1, "claim is not null");

            Sql.on(postern).change("update webhook_delivery set due_at = now() where endpoint_id = ?::uuid", hook.id());
            other.thaw();
            app.awaitCount(hook, 1, "state = 'delivered' and attempts = 2");
            Await.until(
                    Duration.ofSeconds(10),
                    "a call would last beyond the takeover",
                    () -> Instant.now().isAfter(stopped.plusSeconds(3)));
            other.freeze();
            still.thaw();

            queue(postern, hook.id());
            app.awaitCount(hook, 2, "state = 'delivered'");
            assertFalse(still.logTail(50).contains("The sending of webhooks fails"), "its claim was answered");
            assertEquals(2, receiver.calls().size());
            other.thaw();
        }
    }

    /** The first copy has asked for what is due, and Postgres, which a lock holds up, answers while it is frozen. */
    private static void freezeInTheMiddleOfAClaim(Postern postern, String endpoint) throws SQLException {
        postern.copy(0).freeze();
        try (var locking = postern.connect();
                var statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            queue(postern, endpoint);
            statement.execute("lock table webhook_delivery in share mode");
            postern.copy(0).thaw();
            Await.until(
                    Duration.ofSeconds(20),
                    "the claim waits for the lock",
                    () -> Sql.on(postern)
                                    .number("select count(*) from pg_stat_activity"
                                            + " where wait_event_type = 'Lock' and query like '%with ready as%'")
                            > 0);
            postern.copy(0).freeze();
            locking.rollback();
        }
    }

    private static void queue(Postern postern, String endpoint) {
        Sql.on(postern)
                .change(
                        "insert into webhook_delivery (id, endpoint_id, message, type)"
                                + " values (gen_random_uuid(), ?::uuid, gen_random_uuid(), 'ping')",
                        endpoint);
    }

    /** What was taken is written down once Postgres is back, and not told again. */
    @Test
    void endOfACallWaitsForPostgres() {
        try (var postern = Postern.start(
                        HookedSet.options().withCopies(1).withEnvironment("POSTERN_WEBHOOK_LONGEST_CALL", "10s"));
                var receiver = Receiver.start()) {
            var app = new HookedApp(postern);
            receiver.now(Manner.HOLDS);
            var hook = app.hook(receiver);
            app.ping(hook);
            receiver.await("ping");
            // A frozen one would do what it was told once it thaws.
            postern.postgres().kill();
            receiver.goOn();
            Await.until(
                    Duration.ofSeconds(10),
                    "the copy could not write it down",
                    () -> postern.copy(0)
                            .logTail(50)
                            .lines()
                            .anyMatch(line -> line.contains("Postgres is unavailable")
                                    && line.contains("\"threadName\":\"webhook-")));
            postern.postgres().start();
            app.awaitCount(hook, 1, "state = 'delivered' and attempts = 1");
            assertEquals(1, receiver.calls().size());
        }
    }
}
