package io.postern.demo.client;

import java.time.Instant;
import java.util.Optional;

/**
 * The computer of a sign-in, which needs no second step at the next one.
 *
 * @param id    in the person's list of computers
 * @param token what it is to show the next time, in place of what it had until now
 */
public record RememberedComputer(String id, String token, Instant until) {

    /** Empty where the computer is not remembered. */
    static Optional<RememberedComputer> of(Reply reply) {
        return reply.optionalText("device_token")
                .map(token -> new RememberedComputer(reply.text("device"), token, reply.instant("remembered_until")));
    }

    @Override
    public String toString() {
        return "RememberedComputer[" + id + "]"; // keeps the token out of logs
    }
}
