package io.postern.delivery;

import io.postern.embedded.Await;
import io.postern.harness.Postern;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A receipt in a hash of its own. */
record Told(Postern postern, Receipt receipt) {
    /** With the hash there, as a challenge is, and {@code queued} in it. */
    static Told queued(Postern postern) {
        var key = "postern:{receipt-" + UUID.randomUUID() + "}:challenge";
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        postern.redis().command("HSET", key, "delivery", now.toEpochMilli() + " queued");
        postern.redis().command("EXPIRE", key, "600");
        return new Told(postern, new Receipt(key, "delivery", now));
    }

    String state() {
        return progress().state().id();
    }

    Progress progress() {
        return Progress.parse(String.valueOf(postern.redis().command("HGET", receipt.key(), receipt.field())));
    }

    /** Of a message that was queued before the one that the receipt is of. */
    Receipt older() {
        return new Receipt(receipt.key(), receipt.field(), receipt.queuedAt().minusSeconds(30));
    }

    void await(String state) {
        Await.until(Duration.ofSeconds(30), "the receipt says " + state, () -> state().equals(state));
    }
}
