package io.postern.device;

import io.postern.crypto.KeyedHash;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads the tokens of devices (RULES G1): {@code series.secret.mark}. The first secret of a series is random, each
 * later one is a keyed hash of the one before, so that who comes twice with the same token gets the same successor and no
 * token need be kept in clear. The mark is a keyed hash over the owner and the rest: a token that was never issued, or not to
 * this subject of this application, is told from one that was and is used up (RULES G2).
 */
@Singleton
class DeviceTokens {

    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{22})");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyedHash hash;
    private final SecureRandom random;

    DeviceTokens(KeyedHash hash, SecureRandom random) {
        this.hash = hash;
        this.random = random;
    }

    /** The first token of a new series. */
    DeviceToken first(Computer computer) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return token(computer, uuid(), BASE64.encodeToString(secret));
    }

    /** The token after this one, always the same. */
    DeviceToken successor(Computer computer, DeviceToken token) {
        var secret = hash.of("device successor", token.series().toString(), token.secret());
        return token(computer, token.series(), BASE64.encodeToString(secret));
    }

    /** What is stored of it. */
    byte[] digest(DeviceToken token) {
        return hash.of("device token", token.series().toString(), token.secret());
    }

    /** Empty for everything that was not issued to the computer's person. */
    Optional<DeviceToken> read(Computer computer, @Nullable String text) {
        var parts = FORM.matcher(text == null ? "" : text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var series = series(parts.group(1));
        var mark = mark(computer, series, parts.group(2));
        return MessageDigest.isEqual(bytes(mark), bytes(parts.group(3)))
                ? Optional.of(token(computer, series, parts.group(2)))
                : Optional.empty();
    }

    private DeviceToken token(Computer computer, UUID series, String secret) {
        var id = ByteBuffer.allocate(16)
                .putLong(series.getMostSignificantBits())
                .putLong(series.getLeastSignificantBits());
        var text = BASE64.encodeToString(id.array()) + "." + secret + "." + mark(computer, series, secret);
        return new DeviceToken(series, secret, text);
    }

    private String mark(Computer computer, UUID series, String secret) {
        return hash.tag("device mark", computer.application(), computer.subject(), series.toString(), secret);
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static UUID series(String text) {
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
