package io.postern.demo.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the vectors that Standard Webhooks and its libraries publish. */
final class WebhookSignatureTest {
    private static final String SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl";
    private static final String OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String BODY = "{\"event_type\":\"ping\",\"data\":{\"success\":true}}";
    private static final String ID = "msg_loFOjxBNrRLzqYUf";
    private static final String GOOD = "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=";
    private static final long THEN = 1_731_705_121;

    @Test
    void publishedSignaturesAreGood() {
        assertTrue(isGood(SECRET, GOOD, BODY, THEN));
        var second = new WebhookSignature(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertTrue(second.isGood(OTHER, bytes("{\"test\": 2432232314}"), Instant.ofEpochSecond(1_614_265_330)));
    }

    @Test
    void oneOfTwoSignaturesIsEnough() {
        String two = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= " + GOOD;
        assertTrue(isGood(SECRET, two, BODY, THEN));
        assertFalse(isGood(OTHER, two, BODY, THEN));
    }

    @Test
    void changedBodyIsNotGood() {
        assertFalse(isGood(SECRET, GOOD, BODY.replace("true", "false"), THEN));
    }

    @Test
    void messageUnderAnotherIdIsNotGood() {
        var moved = new WebhookSignature("msg_other", Long.toString(THEN), GOOD);
        assertFalse(moved.isGood(SECRET, bytes(BODY), Instant.ofEpochSecond(THEN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1,", "rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=", "v1a,rAvf"})
    void whatIsNoSignatureIsNotGood(String signature) {
        assertFalse(isGood(SECRET, signature, BODY, THEN));
    }

    @Test
    void callIsGoodForFiveMinutes() {
        assertTrue(isGood(SECRET, GOOD, BODY, THEN + 300));
        assertFalse(isGood(SECRET, GOOD, BODY, THEN + 301));
        assertTrue(isGood(SECRET, GOOD, BODY, THEN - 300));
        assertFalse(isGood(SECRET, GOOD, BODY, THEN - 301));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-1", "99999999999999999999"})
    void timeThatIsNoneIsNotGood(String timestamp) {
        var signature = new WebhookSignature(ID, timestamp, GOOD);
        assertFalse(signature.isGood(SECRET, bytes(BODY), Instant.ofEpochSecond(THEN)));
    }

    private static boolean isGood(String secret, String signatures, String body, long now) {
        var signature = new WebhookSignature(ID, Long.toString(THEN), signatures);
        return signature.isGood(secret, bytes(body), Instant.ofEpochSecond(now));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
