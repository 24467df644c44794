package io.postern.support;

import io.postern.event.Errand;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;

/** Who may act for whom. */
final class Errands {

    private Errands() {}

    /**
     * The errand, unless somebody does it for themselves (RULES F4). That the actor is who they are said to be is the calling
     * product's word.
     *
     * @throws Problem {@code own_account}
     */
    static Errand ofAnother(Errand errand, String subject) {
        if (errand.actor().equals(subject)) {
            throw Problem.of(ProblemCode.OWN_ACCOUNT);
        }
        return errand;
    }
}
