package io.postern.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RULES I2. */
final class ProblemTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "30000, 30", "29999, 30", "3600000, 3600"})
    void retryAfterIsWholeSecondsRoundedUp(long millis, long seconds) {
        var problem = Problem.of(ProblemCode.TOO_MANY_ATTEMPTS).retryAfter(Duration.ofMillis(millis));
        assertEquals(Duration.ofSeconds(seconds), problem.retryAfter());
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyCodeIsDocumented(ProblemCode code) {
        assertTrue(code.code().matches("[a-z]+(_[a-z]+)*"));
        assertTrue(code.status() >= 400 && code.status() < 600);
        assertTrue(!code.title().isBlank() && !code.title().endsWith("."));
        assertTrue(code.meaning().endsWith(".") && code.remedy().endsWith("."));
    }
}
