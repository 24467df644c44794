package io.postern.demo;

import io.postern.demo.client.NewFactor;
import io.postern.demo.page.FactorKind;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A factor whose first code is awaited. It is kept in the session, since Postern shows the secret only once and the page
 * may have to be drawn again.
 *
 * @param label the name that the person has typed so far
 * @param proof the token for the addition, where one was needed; Postern takes it with the first code
 * @param sends what became of the codes, where they are sent
 * @param call  what sent the newest code. Under its idempotency key it sends no other when it is repeated, and tells how far
 *              the code is
 */
record SetUp(
        FactorKind kind,
        NewFactor factor,
        String label,
        Optional<String> proof,
        Sends.State sends,
        Supplier<NewFactor> call) {

    /** Makes the call, and with it the factor. */
    static SetUp of(FactorKind kind, Optional<String> proof, Supplier<NewFactor> call) {
        NewFactor begun = call.get();
        return new SetUp(kind, begun, begun.label(), proof, state(begun), call);
    }

    SetUp named(String typed) {
        return new SetUp(kind, factor, typed, proof, sends, call);
    }

    SetUp with(String newerProof) {
        return new SetUp(kind, factor, label, Optional.of(newerProof), sends, call);
    }

    SetUp with(Sends.State newer) {
        return new SetUp(kind, factor, label, proof, newer, call);
    }

    /** Makes the call that sends another code. */
    SetUp after(Supplier<NewFactor> another) {
        return new SetUp(kind, factor, label, proof, state(another.get()), another);
    }

    private static Sends.State state(NewFactor factor) {
        return factor.sent().map(Sends.State::of).orElse(Sends.State.NONE);
    }

    @Override
    public String toString() {
        return "SetUp[" + factor + "]"; // keeps the token out of logs
    }
}
