package io.postern.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotpTest {
    // "12345678901234567890", the secret of both RFCs.
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @ParameterizedTest
    @CsvSource({
        "0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314",
        "5, 254676", "6, 287922", "7, 162583", "8, 399871", "9, 520489",
    })
    void codesAreThoseOfRfc4226AppendixD(long counter, String code) {
        assertEquals(code, Totp.code(SECRET, counter));
    }

    /** The RFC's codes have eight digits; the last six are the code of six digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130",
    })
    void codesAreThoseOfRfc6238AppendixB(long seconds, String code) {
        assertEquals(code.substring(2), Totp.codeAt(SECRET, Instant.ofEpochSecond(seconds)));
    }

    @Test
    void secretMayBeTypedInGroupsAndSmallLetters() {
        assertEquals("755224", Totp.code("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", 0));
    }
}
