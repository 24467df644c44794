package io.postern.challenge;

import io.postern.factor.Level;
import io.postern.policy.Policy;
import io.postern.token.Action;
import io.postern.token.Purpose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a second step is asked for, so far as the decision depends on it.
 *
 * @param asked the least level that the caller asks for
 * @param roles the person's; null where the caller did not say
 */
record Wish(
        Purpose purpose,
        @Nullable Action action,
        Level asked,
        @Nullable List<String> roles) {

    static final String ACR = "urn:postern:level:[0-3]";
    static final int MOST_ROLES = Policy.MOST_ROLES;

    /** The level of an {@code acr} of that form; nothing is asked for by null. */
    static Level level(@Nullable String acr) {
        return acr == null ? Level.REMEMBERED : Level.ofAcr(acr).orElse(Level.PHISHING_RESISTANT);
    }
}
