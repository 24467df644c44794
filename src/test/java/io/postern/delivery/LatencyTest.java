package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LatencyTest {

    @Test
    void eachProviderHasItsMedianAndItsLongest() {
        var latency = new Latency(List.of(
                handed("twilio", 300),
                handed("http", 40),
                handed("twilio", 9_000),
                handed("twilio", 100),
                handed("http", 60)));
        assertEquals(Map.of("http", times(60, 60), "twilio", times(300, 9_000)), latency.byProvider());
    }

    @Test
    void providerThatHasTakenNothingLatelyIsNotThere() {
        assertEquals(Map.of(), new Latency(List.of()).byProvider());
    }

    private static Handed handed(String provider, long millis) {
        return new Handed(provider, Duration.ofMillis(millis));
    }

    private static Latency.Times times(long median, long longest) {
        return new Latency.Times(Duration.ofMillis(median), Duration.ofMillis(longest));
    }
}
