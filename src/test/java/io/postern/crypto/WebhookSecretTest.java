package io.postern.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WebhookSecretTest {
    private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The vector that the reference libraries of Standard Webhooks test with. */
    @Test
    void signatureIsThatOfStandardWebhooks() {
        var at = Instant.ofEpochSecond(1_614_265_330);
        var body = "{\"test\": 2432232314}";
        var expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assertEquals(expected, new WebhookSecret(SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, body));
        assertEquals(expected, new WebhookSecret("whsec_" + SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, body));
    }

    @Test
    void secretThatIsNoneIsRefusedAndNotQuoted() {
        for (var text : new String[] {"", "whsec_", "c2hvcnQ=", "not-base64-!!!!", SECRET.repeat(3)}) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> new WebhookSecret(text));
            assertFalse(!text.isEmpty() && String.valueOf(refusal.getMessage()).contains(text));
        }
    }
}
