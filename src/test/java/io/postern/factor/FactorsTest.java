package io.postern.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The registry of factors, and what is fixed of each type (RULES A1, A2). */
final class FactorsTest {

    private record Fixed(FactorType type) implements Factor {

        @Override
        public Draft begin(Enrollee enrollee) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] material(byte[] secret, FactorRules rules) {
            return secret;
        }

        @Override
        public Verdict check(byte[] material, String code, Instant now) {
            return new Verdict.Mismatch();
        }
    }

    @Test
    void eachTypeHasExactlyOneFactor() {
        var totp = new Fixed(FactorType.TOTP);

        assertSame(totp, new Factors(List.of(totp)).of(FactorType.TOTP));
        assertThrows(IllegalStateException.class, () -> new Factors(List.of()));
        assertThrows(IllegalStateException.class, () -> new Factors(List.of(totp, new Fixed(FactorType.TOTP))));
    }

    @Test
    void authenticatorAppIsASecondFactorOfLevelTwo() {
        assertEquals(2, FactorType.TOTP.level().number());
        assertEquals(List.of("otp", "mfa"), FactorType.TOTP.methods());
        assertEquals("urn:postern:level:2", FactorType.TOTP.level().acr());
    }

    @Test
    void typesAreNamedExactly() {
        assertSame(FactorType.TOTP, FactorType.of("totp"));
        for (var name : List.of("TOTP", "Totp", "totp ", "", "email")) {
            assertThrows(IllegalArgumentException.class, () -> FactorType.of(name));
        }
    }

    @Test
    void levelsAreNamedExactly() {
        for (var level : Level.values()) {
            assertSame(level, Level.ofAcr(level.acr()).orElseThrow());
        }
        for (var acr : List.of("2", "urn:postern:level:", "urn:postern:level:02", "urn:postern:level:4", "")) {
            assertEquals(true, Level.ofAcr(acr).isEmpty(), acr);
        }
    }
}
