package io.postern.demo;

import io.postern.demo.client.NewFactor;
import io.postern.demo.page.FactorKind;
import java.util.Optional;

/**
 * A factor whose first code is awaited. It is kept in the session, since Postern shows the secret only once and the page
 * may have to be drawn again.
 *
 * @param label the name that the person has typed so far
 * @param proof the token for the addition, where one was needed; Postern takes it with the first code
 * @param sends what became of the codes, where they are sent
 */
record SetUp(FactorKind kind, NewFactor factor, String label, Optional<String> proof, Sends.State sends) {

    static SetUp of(FactorKind kind, Optional<String> proof, NewFactor begun) {
        return new SetUp(kind, begun, begun.label(), proof, state(begun));
    }

    SetUp named(String typed) {
        return new SetUp(kind, factor, typed, proof, sends);
    }

    SetUp with(String newerProof) {
        return new SetUp(kind, factor, label, Optional.of(newerProof), sends);
    }

    SetUp with(Sends.State newer) {
        return new SetUp(kind, factor, label, proof, newer);
    }

    /** With another code that was sent. */
    SetUp after(NewFactor another) {
        return new SetUp(kind, factor, label, proof, state(another));
    }

    private static Sends.State state(NewFactor factor) {
        return factor.sent().map(Sends.State::of).orElse(Sends.State.NONE);
    }

    @Override
    public String toString() {
        return "SetUp[" + factor + "]"; // keeps the token out of logs
    }
}
