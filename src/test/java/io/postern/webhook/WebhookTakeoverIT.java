package io.postern.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.Await;
import io.postern.harness.ExtraCopies;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.webhook.Receiver.Manner;
import java.time.Duration;
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
            Sql.on(postern)
                    .change(
                            "insert into webhook_delivery (id, endpoint_id, message, type)"
                                    + " values (gen_random_uuid(), ?::uuid, gen_random_uuid(), 'ping')",
                            hook.id());
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
