package io.postern.access;

import io.postern.problem.ErrorForm;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint's form of errors that are not its own (RULES I1). RFC 6749 has a word for a delay, an outage and a
 * fault in section 4.1.2.1 only, which clients know.
 */
@Singleton
final class TokenErrorForm implements ErrorForm {

    @Override
    public boolean covers(String path) {
        return path.equals(TokenResource.PATH);
    }

    @Override
    public TokenResource.Refusal of(int status, @Nullable String languages) {
        return new TokenResource.Refusal(
                switch (status) {
                    case 429, 503 -> "temporarily_unavailable";
                    case 500 -> "server_error";
                    default -> TokenError.invalidRequest().error;
                });
    }
}
