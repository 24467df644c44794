package io.postern.demo.client;

import java.time.Instant;
import java.util.Optional;

/**
 * A code that lets a person in once.
 *
 * @param code empty where somebody else has to approve it first
 */
public record HelpDeskCode(Optional<String> code, Instant until) {
    @Override
    public String toString() {
        return "HelpDeskCode[…]"; // keeps the code out of logs
    }
}
