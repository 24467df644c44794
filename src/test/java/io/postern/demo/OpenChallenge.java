package io.postern.demo;

import io.postern.demo.client.ChallengeAnswer.Pending;
import io.postern.demo.client.ChallengeRequest;
import io.postern.demo.client.Factor;
import io.postern.demo.page.FactorKind;
import java.util.List;
import java.util.Optional;

/** A challenge that waits for a code, with what was asked for: its token is held against that later. */
record OpenChallenge(ChallengeRequest asked, Pending pending) {

    /** The factors that can be used now, and that this admin area has pages for. */
    List<Factor> choices() {
        return pending.factors().stream()
                .filter(factor -> factor.usable() && FactorKind.of(factor).isPresent())
                .toList();
    }

    Optional<Factor> choice(String id) {
        return choices().stream().filter(factor -> factor.id().equals(id)).findFirst();
    }
}
