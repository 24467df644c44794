package io.postern.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.crypto.KeyedHash;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.Script;
import io.postern.store.Scripts;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a repeated call give what the first one made (RULES H3). Kept for ten minutes: a digest of the body and the id of
 * what was made, never a secret. A call that failed leaves nothing, so its repetition starts afresh.
 */
@Singleton
public final class Idempotency {

    private static final Duration KEPT = Duration.ofMinutes(10);

    /** A copy that dies in the middle holds its key no longer than this. */
    private static final Duration IN_FLIGHT = Duration.ofSeconds(30);

    private static final Script BEGIN = new Script("""
            local known = redis.call('HMGET', KEYS[1], 'digest', 'made')
            if not known[1] then
              redis.call('HSET', KEYS[1], 'digest', ARGV[1])
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
              return {'fresh'}
            end
            if known[1] ~= ARGV[1] then return {'reused'} end
            if not known[2] then return {'in_flight'} end
            return {'made', known[2]}
            """);

    private static final Script MADE = new Script("""
            redis.call('HSET', KEYS[1], 'digest', ARGV[1], 'made', ARGV[2])
            return redis.call('PEXPIRE', KEYS[1], ARGV[3])
            """);

    private final Scripts scripts;
    private final KeyedHash hash;
    private final ObjectMapper mapper;

    public Idempotency(Scripts scripts, KeyedHash hash, ObjectMapper mapper) {
        this.scripts = scripts;
        this.hash = hash;
        this.mapper = mapper;
    }

    /**
     * A call as its key names it.
     *
     * @param slot the tag that the subject's other keys share (RULES H1)
     * @param key the {@code Idempotency-Key}; without one every call is the first
     */
    public record Call(
            String slot,
            String client,
            String path,
            @Nullable String key,
            Object body) {}

    /** What a call made. Without an id there is nothing to give again, and a repetition is decided afresh. */
    public record Made<T>(Optional<String> id, T answer) {}

    /**
     * Makes, or gives again what was made.
     *
     * @throws Problem {@code in_flight}, {@code key_reused}
     */
    public <T> T once(Call call, Supplier<Made<T>> make, Function<String, T> again) {
        if (call.key() == null) {
            return make.get().answer();
        }
        var record = List.of("postern:{" + call.slot() + "}:idempotency:"
                + hash.tag("idempotency key", call.client(), call.path(), call.key()));
        var digest = hash.tag("idempotency body", json(call.body()));
        var state = scripts.run(BEGIN, record, digest, millis(IN_FLIGHT));
        return switch (state.get(0).toString()) {
            case "made" -> again.apply(state.get(1).toString());
            case "reused" -> throw Problem.of(ProblemCode.KEY_REUSED);
            case "in_flight" -> throw Problem.of(ProblemCode.IN_FLIGHT).retryAfter(Duration.ofSeconds(1));
            default -> first(record, digest, make);
        };
    }

    private <T> T first(List<String> record, String digest, Supplier<Made<T>> make) {
        Made<T> made;
        try {
            made = make.get();
        } catch (Problem failure) {
            forget(record, failure.code() == ProblemCode.STORE_UNAVAILABLE);
            throw failure;
        } catch (RuntimeException failure) {
            forget(record, false);
            throw failure;
        }
        if (made.id().isPresent()) {
            scripts.run(MADE, record, digest, made.id().get(), millis(KEPT));
        } else {
            forget(record, false);
        }
        return made.answer();
    }

    /** In an outage without an answer: the caller has waited for one time-out already. */
    private void forget(List<String> record, boolean outage) {
        if (outage) {
            scripts.send("DEL", record.getFirst());
        } else {
            scripts.command("DEL", record.getFirst());
        }
    }

    private String json(Object body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
