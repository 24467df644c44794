package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A code that was sent.
 *
 * @param resendAfter when another one may be asked for
 * @param endsAt      when it is good no longer
 */
public record SentCode(Instant resendAfter, Instant endsAt, Delivery delivery) {

    /** How far its message is. */
    public enum Delivery {
        /** Waits for its first try. */
        QUEUED,
        /** A try failed; the next follows by itself. */
        RETRYING,
        /** The mail server or the SMS provider has taken it. */
        SENT,
        /** Refused for good, or its time was over before it could be sent. */
        FAILED;

        /** Whether nothing more will become of the message. */
        public boolean isFinal() {
            return this == SENT || this == FAILED;
        }

        private static Delivery of(String name) {
            return Arrays.stream(values())
                    .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UnavailableException("Postern's answer has an unknown 'delivery'"));
        }
    }

    static SentCode of(JsonNode json) {
        var reply = new Reply(json);
        return new SentCode(
                reply.instant("resend_after"), reply.instant("code_expires_at"), Delivery.of(reply.text("delivery")));
    }

    /** The one that an answer tells of, where codes are sent at all. */
    static Optional<SentCode> ifAny(JsonNode json) {
        return json.has("delivery") ? Optional.of(of(json)) : Optional.empty();
    }
}
