package io.postern.challenge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.crypto.Place;
import io.postern.crypto.SecretBox;
import io.postern.factor.Level;
import io.postern.store.Script;
import io.postern.store.Scripts;
import io.postern.throttle.Failures;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Challenges in Redis. Each step is one script, so that what it decides holds across copies (RULES B5, D1). A challenge is
 * a hash: whose it is, the tries charged, the factors that may answer with their levels, and the sealed
 * {@link ChallengeState}.
 */
@Singleton
class ChallengeStore {

    private static final Script CREATE = new Script("""
            redis.call('HSET', KEYS[1], unpack(ARGV, 2))
            return redis.call('PEXPIRE', KEYS[1], ARGV[1])
            """);

    /** KEYS: challenge, failures. ARGV: application, factor. */
    private static final Script CLAIM = new Script(Failures.LUA + """
            local c = redis.call('HMGET', KEYS[1], 'application', 'status', 'tries', 'attempts', 'state', 'factor:' .. ARGV[2])
            if c[1] ~= ARGV[1] then return {'missing'} end
            if c[2] ~= 'pending' or tonumber(c[3]) >= tonumber(c[4]) then return {'closed'} end
            if not c[6] then return {'unavailable'} end
            local till = delayed_until(KEYS[2])
            if till > 0 then return {'delayed', till - now_ms()} end
            charge(KEYS[2], c[6], ARGV[2])
            return {'claimed', c[5], tonumber(c[4]) - redis.call('HINCRBY', KEYS[1], 'tries', 1)}
            """);

    /** KEYS: challenge, failures. ARGV: the level that was proven. */
    private static final Script CLOSE = new Script(Failures.LUA + """
            if redis.call('EXISTS', KEYS[1]) == 1 then
              redis.call('HSET', KEYS[1], 'status', 'approved')
              redis.call('HDEL', KEYS[1], 'state')
            end
            clear(KEYS[2], tonumber(ARGV[1]))
            return 1
            """);

    private final Scripts scripts;
    private final SecretBox box;
    private final ObjectMapper mapper;

    ChallengeStore(Scripts scripts, SecretBox box, ObjectMapper mapper) {
        this.scripts = scripts;
        this.box = box;
        this.mapper = mapper;
    }

    /** Stores a new challenge until its end. */
    void create(ChallengeId id, String application, ChallengeState state, int attempts, Duration life, Instant end) {
        var call = new ArrayList<>(List.of(
                Long.toString(life.toMillis()),
                "application",
                application,
                "status",
                "pending",
                "tries",
                "0",
                "attempts",
                Integer.toString(attempts),
                "expires",
                Long.toString(end.toEpochMilli()),
                "state",
                seal(id, state)));
        for (var candidate : state.candidates()) {
            if (candidate.available()) {
                call.add("factor:" + candidate.id());
                call.add(Integer.toString(candidate.type().level().number()));
            }
        }
        scripts.run(CREATE, List.of(id.key()), call.toArray(String[]::new));
    }

    /** What a claim gave. */
    sealed interface Claim {

        /** The try is charged, to the challenge and to the subject, whatever happens next. */
        record Granted(ChallengeState state, int attemptsRemaining) implements Claim {}

        record Delayed(Duration left) implements Claim {}

        record Missing() implements Claim {}

        record Closed() implements Claim {}

        record Unavailable() implements Claim {}
    }

    /** Charges a try before its code is looked at; nothing is charged unless the claim is granted. */
    Claim claim(ChallengeId id, String application, UUID factor) {
        var answer = scripts.run(CLAIM, keys(id), application, factor.toString());
        return switch (answer.get(0).toString()) {
            case "claimed" ->
                new Claim.Granted(open(id, answer.get(1)), answer.get(2).toInteger());
            case "delayed" -> new Claim.Delayed(Duration.ofMillis(answer.get(1).toLong()));
            case "closed" -> new Claim.Closed();
            case "unavailable" -> new Claim.Unavailable();
            default -> new Claim.Missing();
        };
    }

    /** Closes an approved challenge and clears the failures of factors of the proven level or a lower one (RULES D1). */
    void close(ChallengeId id, Level proven) {
        scripts.run(CLOSE, keys(id), Integer.toString(proven.number()));
    }

    /** The challenge as its application may see it; empty when there is none. */
    Optional<ChallengeView> view(ChallengeId id, String application) {
        var answer =
                scripts.command("HMGET", id.key(), "application", "status", "tries", "attempts", "expires", "state");
        if (answer == null
                || answer.get(0) == null
                || !application.equals(answer.get(0).toString())) {
            return Optional.empty();
        }
        var expiresAt = Instant.ofEpochMilli(answer.get(4).toLong());
        int remaining = answer.get(3).toInteger() - answer.get(2).toInteger();
        if (!"pending".equals(answer.get(1).toString())) {
            return Optional.of(ChallengeView.ended(id, ChallengeView.Status.APPROVED, expiresAt));
        }
        return Optional.of(
                remaining <= 0
                        ? ChallengeView.ended(id, ChallengeView.Status.FAILED, expiresAt)
                        : ChallengeView.pending(id, open(id, answer.get(5)), remaining, expiresAt));
    }

    private static List<String> keys(ChallengeId id) {
        return List.of(id.key(), Failures.key(id.slot()));
    }

    private String seal(ChallengeId id, ChallengeState state) {
        try {
            return Base64.getEncoder().encodeToString(box.sealWhole(mapper.writeValueAsBytes(state), place(id)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A challenge cannot be written", e);
        }
    }

    private ChallengeState open(ChallengeId id, Response sealed) {
        try {
            var whole = Base64.getDecoder().decode(sealed.toString());
            return mapper.readValue(box.openWhole(whole, place(id)), ChallengeState.class);
        } catch (IOException e) {
            throw new IllegalStateException("A challenge cannot be read", e);
        }
    }

    private static Place place(ChallengeId id) {
        return new Place("challenge", "state", id.toString());
    }
}
