package io.postern.support;

import io.postern.event.Errand;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;

/** Who may act for whom. */
final class OthersErrand {

    private OthersErrand() {}

    /**
     * The errand, unless somebody does it for themselves (RULES F4). An operator is who signed in; of others it is the
     * calling product's word.
     *
     * @throws Problem {@code own_account}
     */
    static Errand of(Errand errand, String subject) {
        if (errand.actor().equals(subject)) {
            throw Problem.of(ProblemCode.OWN_ACCOUNT);
        }
        return errand;
    }
}
