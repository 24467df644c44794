package io.postern.challenge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.postern.code.SentCodes;
import io.postern.crypto.Place;
import io.postern.crypto.SecretBox;
import io.postern.factor.Level;
import io.postern.store.Script;
import io.postern.store.Scripts;
import io.postern.throttle.Failures;
import io.postern.throttle.Lane;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Challenges in Redis. Each step is one script, so that what it decides holds across copies (RULES B5, D1). A challenge is
 * a hash: whose it is, the tries charged, the factors that may answer with their levels, the codes that were sent, and the
 * sealed {@link ChallengeState}.
 */
@Singleton
class ChallengeStore {

    private static final Script CREATE = new Script("""
            redis.call('HSET', KEYS[1], unpack(ARGV, 2))
            return redis.call('PEXPIRE', KEYS[1], ARGV[1])
            """);

    /** Whether a factor may be used now. KEYS: challenge, failures, lane. ARGV: application, factor. */
    private static final String ADMIT = Failures.LUA + Lane.LUA + """
            local c = redis.call('HMGET', KEYS[1], 'application', 'status', 'tries', 'attempts', 'state', 'factor:' .. ARGV[2])
            if c[1] ~= ARGV[1] then return {'missing'} end
            if c[2] ~= 'pending' or tonumber(c[3]) >= tonumber(c[4]) then return {'closed'} end
            if not c[6] then return {'unavailable'} end
            local level, apart = string.match(c[6], '^(%d)(.*)$')
            local wait
            if apart == '' then
              local till = delayed_until(KEYS[2])
              wait = till > 0 and till - now_ms() or 0
            else
              wait = lane_wait(KEYS[3])
            end
            if wait > 0 then return {'delayed', wait} end
            """;

    /** Charges the try, and takes the sent code where it was one; ARGV also: the digest of the answer as a sent code. */
    private static final Script CLAIM = new Script(SentCodes.LUA + ADMIT + """
            if apart == '' then charge(KEYS[2], level, ARGV[2]) else enter_lane(KEYS[3]) end
            local left = tonumber(c[4]) - redis.call('HINCRBY', KEYS[1], 'tries', 1)
            return {'granted', c[5], left, take_code(KEYS[1], ARGV[2], ARGV[3], now_ms()) and 1 or 0}
            """);

    private static final Script LOOK = new Script(ADMIT + """
            return {'granted', c[5], tonumber(c[4]) - tonumber(c[3]), 0}
            """);

    /** KEYS: challenge. ARGV: factor, digest, end of the code, when the next may be sent, when it is queued. */
    private static final Script PUT_CODE = new Script(SentCodes.LUA + """
            if redis.call('HGET', KEYS[1], 'status') ~= 'pending' then return 0 end
            put_code(KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
            return 1
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
    private final ObjectWriter writer;

    /** A newer copy may have added members: an older one leaves them, so that both serve while versions change. */
    private final ObjectReader reader;

    ChallengeStore(Scripts scripts, SecretBox box, ObjectMapper mapper) {
        this.scripts = scripts;
        this.box = box;
        this.writer = mapper.writer();
        this.reader = mapper.readerFor(ChallengeState.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** Stores a new challenge until its end. */
    void create(ChallengeId id, String application, ChallengeState state, int attempts, Duration life) {
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
                Long.toString(state.end().toEpochMilli()),
                "state",
                seal(id, state)));
        for (var candidate : state.candidates()) {
            if (candidate.available()) {
                var type = candidate.type();
                call.add("factor:" + candidate.publicId());
                call.add(type.level().number() + (type.isFallback() ? " apart" : "")); // RULES D2
            }
        }
        scripts.run(CREATE, List.of(id.key()), call.toArray(String[]::new));
    }

    /** What asking to use a factor gave. */
    sealed interface Claim {

        /**
         * It may be used. The try, if it is one, is charged to the challenge and to the subject, whatever happens next.
         *
         * @param wasSent whether the answer is a code that was sent, and is now taken
         */
        record Granted(ChallengeState state, int attemptsRemaining, boolean wasSent) implements Claim {}

        record Delayed(Duration left) implements Claim {}

        record Missing() implements Claim {}

        record Closed() implements Claim {}

        record Unavailable() implements Claim {}
    }

    /** Charges a try before its code is looked at; nothing is charged unless the claim is granted. */
    Claim claim(ChallengeId id, String application, String factor, String digest) {
        return claim(id, scripts.run(CLAIM, keys(id), application, factor, digest));
    }

    /** Whether a try would be granted now; charges nothing. */
    Claim look(ChallengeId id, String application, String factor) {
        return claim(id, scripts.run(LOOK, keys(id), application, factor));
    }

    private Claim claim(ChallengeId id, Response answer) {
        return switch (answer.get(0).toString()) {
            case "granted" ->
                new Claim.Granted(
                        open(id, answer.get(1)),
                        answer.get(2).toInteger(),
                        answer.get(3).toInteger() == 1);
            case "delayed" -> new Claim.Delayed(Duration.ofMillis(answer.get(1).toLong()));
            case "closed" -> new Claim.Closed();
            case "unavailable" -> new Claim.Unavailable();
            default -> new Claim.Missing();
        };
    }

    /** Stores a code that is about to be sent; false when the challenge is no longer pending. */
    boolean putCode(ChallengeId id, String factor, String digest, Instant end, Instant next, Instant queuedAt) {
        return scripts.run(
                                PUT_CODE,
                                List.of(id.key()),
                                factor,
                                digest,
                                Long.toString(end.toEpochMilli()),
                                Long.toString(next.toEpochMilli()),
                                Long.toString(queuedAt.toEpochMilli()))
                        .toInteger()
                == 1;
    }

    /** Closes an approved challenge and clears the failures of factors of the proven level or a lower one (RULES D1). */
    void close(ChallengeId id, Level proven) {
        scripts.run(CLOSE, keys(id), Integer.toString(proven.number()));
    }

    /** The challenge as its application may see it; empty when there is none. */
    Optional<ChallengeView> view(ChallengeId id, String application) {
        var fields = scripts.command("HGETALL", id.key());
        if (fields == null
                || fields.get("application") == null
                || !application.equals(fields.get("application").toString())) {
            return Optional.empty();
        }
        var end = Instant.ofEpochMilli(fields.get("expires").toLong());
        int remaining = fields.get("attempts").toInteger() - fields.get("tries").toInteger();
        if (!"pending".equals(fields.get("status").toString())) {
            return Optional.of(ChallengeView.ended(id, ChallengeView.Status.APPROVED, end));
        }
        if (remaining <= 0) {
            return Optional.of(ChallengeView.ended(id, ChallengeView.Status.FAILED, end));
        }
        var state = open(id, fields.get("state"));
        var options = state.candidates().stream()
                .map(candidate -> ChallengeView.Option.of(
                        candidate,
                        SentCodes.read(
                                fields.get(SentCodes.sentField(candidate.publicId())),
                                fields.get(SentCodes.deliveryField(candidate.publicId())))))
                .toList();
        return Optional.of(ChallengeView.pending(id, options, remaining, end));
    }

    private static List<String> keys(ChallengeId id) {
        return List.of(id.key(), Failures.key(id.slot()), Lane.key(id.slot()));
    }

    private String seal(ChallengeId id, ChallengeState state) {
        try {
            return Base64.getEncoder().encodeToString(box.sealWhole(writer.writeValueAsBytes(state), place(id)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A challenge cannot be written", e);
        }
    }

    private ChallengeState open(ChallengeId id, Response sealed) {
        try {
            var whole = Base64.getDecoder().decode(sealed.toString());
            return reader.readValue(box.openWhole(whole, place(id)));
        } catch (IOException e) {
            throw new IllegalStateException("A challenge cannot be read", e);
        }
    }

    private static Place place(ChallengeId id) {
        return new Place("challenge", "state", id.toString());
    }
}
