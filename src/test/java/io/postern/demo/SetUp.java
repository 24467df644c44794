package io.postern.demo;

import io.postern.demo.client.NewFactor;
import java.util.Optional;

/**
 * A factor whose first code is awaited. It is kept in the session, since Postern shows the secret only once and the page
 * may have to be drawn again.
 *
 * @param label the name that the person has typed so far
 * @param proof the token for the addition, where one was needed; Postern takes it with the first code
 */
record SetUp(NewFactor factor, String label, Optional<String> proof) {

    SetUp named(String typed) {
        return new SetUp(factor, typed, proof);
    }

    SetUp with(String newerProof) {
        return new SetUp(factor, label, Optional.of(newerProof));
    }

    @Override
    public String toString() {
        return "SetUp[" + factor + "]"; // keeps the token out of logs
    }
}
