package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A factor that waits for its first code. Of an authenticator app it carries the secret, which Postern shows this once.
 *
 * @param destination where its codes go, masked; empty where none are sent
 * @param sent what became of its newest code
 * @param confirmationTo where a second code went, masked, which the activation of a first factor needs by some policies
 * @param secret base32, as a person types it into the app
 * @param qr     an SVG image of {@code uri}
 */
public record NewFactor(
        String id,
        String type,
        String label,
        Optional<String> destination,
        Optional<SentCode> sent,
        Optional<String> confirmationTo,
        Optional<String> secret,
        Optional<String> uri,
        Optional<String> qr,
        Instant expiresAt) {

    static NewFactor of(JsonNode json) {
        var reply = new Reply(json);
        return new NewFactor(
                reply.text("id"),
                reply.text("type"),
                reply.optionalText("label").orElse(""),
                reply.optionalText("destination"),
                SentCode.ifAny(json),
                reply.optionalText("confirmation_sent_to"),
                reply.optionalText("secret"),
                reply.optionalText("otpauth_uri"),
                reply.optionalText("qr_svg"),
                reply.instant("expires_at"));
    }

    @Override
    public String toString() {
        return "NewFactor[" + type + " " + id + "]"; // keeps the secret out of logs
    }
}
