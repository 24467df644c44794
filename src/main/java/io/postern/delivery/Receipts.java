package io.postern.delivery;

import io.postern.problem.Problem;
import io.postern.store.Script;
import io.postern.store.Scripts;
import java.util.List;

/** Tells the state of a delivery, best effort: the message matters more than its receipt. */
final class Receipts {

    private static final Script TELL = new Script("""
            if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            return 1
            """);

    private final Scripts scripts;

    Receipts(Scripts scripts) {
        this.scripts = scripts;
    }

    void tell(Message message, DeliveryState state) {
        var receipt = message.receipt();
        if (receipt == null) {
            return;
        }
        try {
            scripts.run(TELL, List.of(receipt.key()), receipt.field(), state.id());
        } catch (Problem | IllegalStateException untold) {
            return; // best effort
        }
    }
}
