package io.postern.factor;

import io.postern.crypto.Place;
import java.util.UUID;

/** Where the secrets of factors lie, for their seal (RULES H4). */
public final class FactorSecret {

    private FactorSecret() {}

    public static Place place(UUID factor) {
        return new Place("factor", "secret", factor.toString());
    }
}
