package io.postern.delivery;

import io.postern.problem.Problem;
import io.postern.store.Script;
import io.postern.store.Scripts;
import java.util.List;

/** Tells the state of a delivery, best effort: the message matters more than its receipt. */
final class Receipts {

    /** KEYS: the hash. ARGV: field, when the message was queued, how far it is. */
    private static final Script TELL = new Script("""
            local told = redis.call('HGET', KEYS[1], ARGV[1])
            if not told or string.match(told, '^%d+') ~= ARGV[2] then return 0 end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. ARGV[3])
            return 1
            """);

    private final Scripts scripts;

    Receipts(Scripts scripts) {
        this.scripts = scripts;
    }

    void tell(Receipt receipt, Progress progress) {
        var queuedAt = Long.toString(receipt.queuedAt().toEpochMilli());
        try {
            scripts.run(TELL, List.of(receipt.key()), receipt.field(), queuedAt, progress.told());
        } catch (Problem | IllegalStateException untold) {
            return; // best effort
        }
    }
}
