package io.postern.operator;

import io.postern.access.OperatorToken;
import io.postern.application.Scope;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/** What operators may do now, for features that do not trust a token of ten minutes alone. */
@Singleton
public final class Operators {

    private final OperatorRows rows;

    Operators(OperatorRows rows) {
        this.rows = rows;
    }

    /**
     * The scopes that both the token and the operator's role hold; empty for one who is suspended or was changed since the token
     * was given.
     *
     * @param hold whether the operator stays as they are until the transaction ends
     */
    public Optional<Set<Scope>> scopes(OperatorToken token, boolean hold) {
        return rows.standing(token.operator(), token.version(), hold).map(standing -> {
            var scopes = standing.role().scopes();
            scopes.retainAll(token.scopes());
            return scopes;
        });
    }
}
