package io.postern.demo;

import io.postern.demo.client.ChallengeAnswer.Pending;
import io.postern.demo.client.ChallengeRequest;
import io.postern.demo.client.Factor;
import io.postern.demo.page.FactorKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A challenge that waits for a code, with what was asked for: its token is held against that later.
 *
 * @param sends what became of the codes that were asked for
 */
record OpenChallenge(ChallengeRequest asked, Pending pending, Sends sends) {

    OpenChallenge(ChallengeRequest asked, Pending pending) {
        this(asked, pending, new Sends());
    }

    /** The factors that can be used now, and that this admin area has pages for; the last resorts come last. */
    List<Factor> choices() {
        return pending.factors().stream()
                .filter(factor -> factor.usable() && FactorKind.of(factor).isPresent())
                .sorted(Comparator.comparing(factor ->
                        FactorKind.of(factor).filter(FactorKind::isLastResort).isPresent()))
                .toList();
    }

    Optional<Factor> choice(String id) {
        return choices().stream().filter(factor -> factor.id().equals(id)).findFirst();
    }

    /** The one that is asked for until the person chooses another: their default, if it can be used. */
    Optional<Factor> first() {
        List<Factor> choices = choices();
        return choices.stream()
                .filter(Factor::preferred)
                .findFirst()
                .or(() -> choices.stream().findFirst());
    }
}
