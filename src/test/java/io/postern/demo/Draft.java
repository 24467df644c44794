package io.postern.demo;

import io.postern.demo.page.FactorKind;
import io.postern.demo.page.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * An address or a number that a person has typed and that was not taken, kept so that they can put it right.
 *
 * @param proof the token for the addition, where one was given; it stays good for a corrected destination
 */
record Draft(FactorKind kind, String label, String destination, List<FieldError> errors, Optional<String> proof) {

    static Draft empty(FactorKind kind, String destination) {
        return new Draft(kind, kind == FactorKind.SMS ? "Phone" : "Email", destination, List.of(), Optional.empty());
    }

    static Draft of(Change.AddFactor addition, String complaint, Optional<String> proof) {
        return new Draft(
                addition.kind(),
                addition.label(),
                addition.destination().orElse(""),
                List.of(new FieldError("destination", complaint)),
                proof);
    }

    /** Where it is typed. */
    String path() {
        return "/set-up/" + kind.type();
    }

    @Override
    public String toString() {
        return "Draft[" + kind + "]"; // keeps the destination and the token out of logs
    }
}
