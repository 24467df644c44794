package io.postern.demo.client;

import java.util.Optional;

/**
 * What a right code gives.
 *
 * @param token    the verification token, which is worth nothing before it is checked
 * @param computer empty where it is not to be remembered
 */
public record Approved(String token, Optional<RememberedComputer> computer) {

    @Override
    public String toString() {
        return "Approved[" + computer + "]"; // keeps the token out of logs
    }
}
