package io.postern.access;

import io.postern.event.Errand;
import io.postern.input.TextValidator;
import io.postern.problem.FieldError;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who acts and why (RULES F4). An operator acts as themselves, whatever the request says; an API client says who acts through
 * it, and is believed.
 */
@Singleton
public final class Errands {

    private final Caller caller;

    Errands(Caller caller) {
        this.caller = caller;
    }

    /**
     * From the headers of a call without a body.
     *
     * @throws Problem {@code malformed_request} as {@link ErrandHeaders#read}
     */
    public Errand ofHeaders(@Nullable String actor, @Nullable String reason) {
        return ErrandHeaders.read(caller.operator().map(OperatorToken::name).orElse(actor), reason);
    }

    /**
     * From the members of a body, whose reason is checked already.
     *
     * @throws Problem {@code malformed_request} when an API client does not say who acts
     */
    public Errand ofMembers(@Nullable String actor, String reason) {
        return new Errand(actor(actor), reason);
    }

    /** The actor alone. @throws Problem {@code malformed_request} */
    public String actor(@Nullable String asserted) {
        var operator = caller.operator();
        if (operator.isPresent()) {
            return operator.get().name();
        }
        if (asserted == null || !TextValidator.isText(asserted, Errand.MOST_ACTOR)) {
            var error = new FieldError("actor", "must be 1 to %d characters".formatted(Errand.MOST_ACTOR));
            throw Problem.of(ProblemCode.MALFORMED_REQUEST).with("errors", List.of(error));
        }
        return asserted;
    }
}
