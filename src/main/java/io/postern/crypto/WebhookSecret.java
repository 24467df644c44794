package io.postern.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs HTTP messages as Standard Webhooks 1.0 says: HMAC-SHA-256 over id, time and body. */
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final Key key;

    /**
     * Reads the secret.
     *
     * @param text 24 to 64 bytes in Base64, with or without {@code whsec_} in front
     * @throws IllegalArgumentException when it is not; says nothing of it
     */
    public WebhookSecret(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("A webhook secret is not in Base64"); // the cause quotes it
        }
        if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("A webhook secret has 24 to 64 bytes");
        }
        key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** The value of {@code webhook-signature}, where the id is that of {@code webhook-id} and the time in whole seconds. */
    public String sign(String id, Instant at, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            var signed = id + "." + at.getEpochSecond() + "." + body;
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is not to be had", e);
        }
    }
}
