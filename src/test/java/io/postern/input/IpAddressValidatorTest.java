package io.postern.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.validation.Validation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses only: a name would be looked up. */
final class IpAddressValidatorTest {

    private record Given(@IpAddress @Nullable String ip) {}

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"203.0.113.7", "0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1", "::ffff:192.0.2.1"})
    void addressesAreTaken(@Nullable String ip) {
        assertEquals(0, violations(ip));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.4 ",
                "localhost",
                "fe80::1%eth0",
                "[::1]",
                ":",
                ":::",
                "1::2::3",
                "12345::",
                "0x7f.0.0.1",
                "2130706433",
                "::1/64",
                "1.2.3.4:80",
                "a.b.c.d",
                "١.٢.٣.٤",
            })
    void everythingElseIsRefused(String ip) {
        assertEquals(1, violations(ip));
    }

    private static int violations(@Nullable String ip) {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            return factory.getValidator().validate(new Given(ip)).size();
        }
    }
}
