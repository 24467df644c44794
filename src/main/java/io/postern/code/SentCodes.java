package io.postern.code;

import io.postern.crypto.KeyedHash;
import io.postern.delivery.Progress;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Codes that are sent (RULES C2). They lie in fields of their holder's hash in Redis, a challenge or a pending factor, as
 * keyed hashes that are bound to holder and factor; the two newest of a factor are good, so that a late message still
 * helps, and all of a holder die with the first one that is taken.
 */
@Singleton
public final class SentCodes {

    /**
     * {@code put_code(key, factor, digest, till, next, queued)}, all times in ms since the epoch; {@code fits_code(key, factor,
     * digest, now)}, whether the digest is one of them; {@code take_code(…)}, the same, and then none is left.
     */
    public static final String LUA = """
            local function put_code(key, factor, digest, till, next, queued)
              local older = redis.call('HGET', key, 'codes:' .. factor)
              local codes = till .. ':' .. digest
              if older then codes = codes .. ' ' .. string.match(older, '^%S+') end
              redis.call('HSET', key, 'codes:' .. factor, codes,
                'sent:' .. factor, till .. ' ' .. next, 'delivery:' .. factor, queued .. ' queued')
            end
            local function fits_code(key, factor, digest, now)
              local codes = redis.call('HGET', key, 'codes:' .. factor) or ''
              for till, known in string.gmatch(codes, '(%d+):(%S+)') do
                if known == digest and tonumber(till) > now then return true end
              end
              return false
            end
            local function take_code(key, factor, digest, now)
              if not fits_code(key, factor, digest, now) then return false end
              for _, field in ipairs(redis.call('HKEYS', key)) do
                if string.sub(field, 1, 6) == 'codes:' then redis.call('HDEL', key, field) end
              end
              return true
            end
            """;

    private final KeyedHash hash;
    private final SecureRandom random;

    public SentCodes(KeyedHash hash, SecureRandom random) {
        this.hash = hash;
        this.random = random;
    }

    /** A new code, each as likely as any other; 6 to 8 digits. */
    public String draw(int digits) {
        int bound = (int) Math.pow(10, digits);
        return ("%0" + digits + "d").formatted(random.nextInt(bound));
    }

    /** What is kept of a code. */
    public String digest(String holder, String factor, String code) {
        return hash.tag("sent code", holder, factor, code);
    }

    /** The field of a holder's hash that tells when a factor's newest code ends and the next may be sent. */
    public static String sentField(String factor) {
        return "sent:" + factor;
    }

    /** The field of a holder's hash that tells how far a factor's newest message is. */
    public static String deliveryField(String factor) {
        return "delivery:" + factor;
    }

    /** What became of a factor's newest code, from the two fields; empty when none was sent. */
    public static Optional<Sent> read(@Nullable Response sent, @Nullable Response delivery) {
        if (sent == null || delivery == null) {
            return Optional.empty();
        }
        var times = sent.toString().split(" ", 2);
        return Optional.of(Sent.of(
                Instant.ofEpochMilli(Long.parseLong(times[1])),
                Instant.ofEpochMilli(Long.parseLong(times[0])),
                Progress.parse(delivery.toString())));
    }
}
