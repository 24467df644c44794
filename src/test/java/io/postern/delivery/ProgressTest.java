package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgressTest {
    private static final Instant QUEUED = Instant.parse("2026-01-15T09:30:00.120Z");
    private static final String MILLIS = Long.toString(QUEUED.toEpochMilli());

    @Test
    void whatAReceiptIsToldIsReadAgain() {
        var sent = Progress.sent(QUEUED, QUEUED.plusMillis(360), Duration.ofMillis(212));
        for (var progress :
                List.of(Progress.of(QUEUED, DeliveryState.QUEUED), Progress.of(QUEUED, DeliveryState.RETRYING), sent)) {
            assertEquals(progress, Progress.parse(MILLIS + " " + progress.told()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "queued", "1 unknown", "1 sent 2", "-1 queued", "1 queued ", "x queued"})
    void whatIsNoneIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Progress.parse(text));
    }
}
