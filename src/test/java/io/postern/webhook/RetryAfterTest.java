package io.postern.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 10.2.3: seconds or a date. */
final class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-01-15T09:30:00Z");

    @Test
    void secondsAndDatesAreUnderstoodUpToAnHour() {
        assertEquals(Optional.of(Duration.ofSeconds(90)), RetryAfter.parse("90", NOW));
        assertEquals(Optional.of(Duration.ofMinutes(5)), RetryAfter.parse("Thu, 15 Jan 2026 09:35:00 GMT", NOW));
        assertEquals(Optional.of(Duration.ofHours(1)), RetryAfter.parse("999999999", NOW));
        assertEquals(Optional.of(Duration.ofHours(1)), RetryAfter.parse("Fri, 15 Jan 2027 09:35:00 GMT", NOW));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0", "-1", "soon", "1.5", "99999999999", "Thu, 15 Jan 2026 09:25:00 GMT"})
    void nothingElseIs(@Nullable String value) {
        assertEquals(Optional.empty(), RetryAfter.parse(value, NOW));
    }
}
