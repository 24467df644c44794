package io.postern.factor;

import org.jspecify.annotations.Nullable;

/**
 * What another product knows of a factor that a person has there already, as it was written; null is not known.
 *
 * @param secret of an authenticator app, in Base32
 * @param digits of its codes
 * @param period of its codes, in seconds
 * @param algorithm of its codes
 * @param destination where codes go
 */
public record Adoption(
        @Nullable String secret,
        @Nullable Integer digits,
        @Nullable Integer period,
        @Nullable String algorithm,
        @Nullable String destination) {

    /** Tells nothing. */
    @Override
    public String toString() {
        return "Adoption[…]";
    }
}
