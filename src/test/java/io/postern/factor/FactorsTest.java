package io.postern.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The registry of factors, and what is fixed of each type (RULES A1, A2). */
final class FactorsTest {

    private record Fixed(FactorType type) implements Factor {

        @Override
        public Draft begin(Enrollee enrollee, FactorRules rules) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] material(Stored stored, FactorRules rules) {
            return stored.secret();
        }

        @Override
        public Verdict check(Answer answer, Instant now) {
            return new Verdict.Mismatch();
        }
    }

    @Test
    void eachTypeHasExactlyOneFactor() {
        var each = new ArrayList<Factor>();
        for (var type : FactorType.values()) {
            each.add(new Fixed(type));
        }

        each.forEach(factor -> assertSame(factor, new Factors(each).of(factor.type())));
        assertThrows(IllegalStateException.class, () -> new Factors(each.subList(1, each.size())));
        each.add(new Fixed(FactorType.TOTP));
        assertThrows(IllegalStateException.class, () -> new Factors(each));
    }

    /** RULES A1, A2: a mailbox is called no second factor. */
    @Test
    void eachTypeHasItsLevelAndMethods() {
        assertKind(FactorType.TOTP, 2, "otp", "mfa");
        assertKind(FactorType.SMS, 2, "sms", "mfa");
        assertKind(FactorType.EMAIL, 1, "email");
        assertKind(FactorType.RECOVERY_CODE, 2, "recovery", "mfa");
        assertKind(FactorType.BYPASS_CODE, 1, "support");
    }

    private static void assertKind(FactorType type, int level, String... methods) {
        assertEquals(level, type.level().number());
        assertEquals("urn:postern:level:" + level, type.level().acr());
        assertEquals(List.of(methods), type.methods());
    }

    @Test
    void typesAreNamedExactly() {
        assertSame(FactorType.TOTP, FactorType.of("totp"));
        for (var name : List.of("TOTP", "Totp", "totp ", "", "mail")) {
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
