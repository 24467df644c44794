package io.postern.demo.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who calls, and when, as the headers of a webhook's call say it (Standard Webhooks 1.0).
 *
 * @param id         of the message, the same at each attempt
 * @param timestamp  of this attempt, in seconds
 * @param signatures separated by spaces; one that fits is enough
 */
public record WebhookSignature(String id, String timestamp, String signatures) {
    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final String PREFIX = "whsec_";

    /** Whether the holder of that secret has signed exactly this body, less than five minutes ago. */
    public boolean isGood(String secret, byte[] body, Instant now) {
        if (!isTimely(now)) {
            return false;
        }
        byte[] expected =
                ("v1," + Base64.getEncoder().encodeToString(mac(secret, body))).getBytes(StandardCharsets.UTF_8);
        boolean good = false;
        for (String signature : signatures.split(" ", -1)) {
            good |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        }
        return good;
    }

    private boolean isTimely(Instant now) {
        if (!timestamp.matches("[0-9]{1,11}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        return age.abs().compareTo(OLDEST) <= 0;
    }

    private byte[] mac(String secret, byte[] body) {
        byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA-256", e);
        }
    }
}
