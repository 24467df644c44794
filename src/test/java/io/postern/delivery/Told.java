package io.postern.delivery;

import io.postern.embedded.Await;
import io.postern.harness.Postern;
import java.time.Duration;
import java.util.UUID;

/** A receipt in a hash of its own. */
record Told(Postern postern, Receipt receipt) {
    /** With the hash there, as a challenge is, and {@code queued} in it. */
    static Told queued(Postern postern) {
        var key = "postern:{receipt-" + UUID.randomUUID() + "}:challenge";
        postern.redis().command("HSET", key, "delivery", "queued");
        postern.redis().command("EXPIRE", key, "600");
        return new Told(postern, new Receipt(key, "delivery"));
    }

    String state() {
        return String.valueOf(postern.redis().command("HGET", receipt.key(), receipt.field()));
    }

    void await(String state) {
        Await.until(Duration.ofSeconds(30), "the receipt says " + state, () -> state().equals(state));
    }
}
