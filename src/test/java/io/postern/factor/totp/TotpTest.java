package io.postern.factor.totp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.factor.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES C1. */
final class TotpTest {

    /** The secret of both RFCs. */
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    private static final long STEP = 59_000_000;
    private static final Instant NOW = Instant.ofEpochSecond(STEP * Totp.PERIOD_SECONDS + 7);

    private final Totp totp = new Totp();

    @ParameterizedTest
    @CsvSource({
        "0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314",
        "5, 254676", "6, 287922", "7, 162583", "8, 399871", "9, 520489",
    })
    void codesAreThoseOfRfc4226AppendixD(long counter, String code) {
        assertEquals(code, totp.code(SECRET, counter));
    }

    /** The RFC's codes have eight digits; a code of six is their end. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130",
    })
    void codesAreThoseOfRfc6238AppendixB(long second, String code) {
        var moment = Instant.ofEpochSecond(second);
        assertEquals(code.substring(2), totp.code(SECRET, Totp.step(moment)));
        assertEquals(Verdict.Match.ofStep(Totp.step(moment)), totp.check(SECRET, code.substring(2), moment, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, -1", "1, 0", "1, 1"})
    void codeInTheWindowMatchesAndTellsItsStep(int drift, int distance) {
        assertEquals(Verdict.Match.ofStep(STEP + distance), check(distance, drift));
    }

    @ParameterizedTest
    @CsvSource({"0, -10", "0, -1", "0, 1", "0, 10", "1, -11", "1, -2", "1, 2", "1, 11"})
    void codeWithinTenStepsOutsideTheWindowIsANearMiss(int drift, int distance) {
        var offset = Duration.ofSeconds(30L * distance);
        var end = Instant.ofEpochSecond((STEP + distance + 1) * 30);
        assertEquals(new Verdict.NearMiss(STEP + distance, offset, end), check(distance, drift));
    }

    @ParameterizedTest
    @CsvSource({"0, -11", "0, 11", "1, -12", "1, 12", "1, 2880"})
    void codeFurtherAwayIsWrong(int drift, int distance) {
        assertEquals(new Verdict.Mismatch(), check(distance, drift));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "12345", "1234567", "abcdef", "-12345", "12 456", "００００００", "१२३४५६", "\0\0\0\0\0\0"})
    void whatIsNoCodeIsWrong(String code) {
        assertEquals(new Verdict.Mismatch(), totp.check(SECRET, code, NOW, 1));
    }

    @Test
    void codeThatLooksTheSameInOtherDigitsIsWrong() {
        var fullWidth = totp.code(SECRET, STEP)
                .chars()
                .mapToObj(digit -> Character.toString(digit - '0' + '０'))
                .reduce("", String::concat);
        assertEquals(new Verdict.Mismatch(), totp.check(SECRET, fullWidth, NOW, 1));
    }

    @Test
    void stepsBeforeTheEpochAreLeftOut() {
        assertEquals(Verdict.Match.ofStep(0), totp.check(SECRET, "755224", Instant.EPOCH, 1));
        assertEquals(new Verdict.Mismatch(), totp.check(SECRET, totp.code(SECRET, -1), Instant.EPOCH, 1));
        assertEquals(-1, Totp.step(Instant.ofEpochSecond(-1)));
    }

    private Verdict check(int distance, int drift) {
        return totp.check(SECRET, totp.code(SECRET, STEP + distance), NOW, drift);
    }
}
