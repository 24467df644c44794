package io.postern.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TracingSwitchTest {

    private static final String ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";
    private static final String DISABLED = "quarkus.otel.sdk.disabled";

    @Test
    void nothingIsTracedWithoutAnEndpoint() {
        assertOn(false, with(Map.of()));
        assertOn(false, with(Map.of(ENDPOINT, "")));
    }

    @Test
    void endpointIsAllThatItTakes() {
        assertOn(true, with(Map.of(ENDPOINT, "http://collector:4318")));
        assertOn(true, with(Map.of("quarkus.otel.exporter.otlp.traces.endpoint", "http://collector:4318")));
    }

    @Test
    void whatTheOperatorSetsByNameWins() {
        var config = with(Map.of(ENDPOINT, "http://collector:4318", DISABLED, "true"));
        assertEquals("true", config.getConfigValue(DISABLED).getValue());
    }

    private static void assertOn(boolean on, SmallRyeConfig config) {
        assertEquals(Boolean.toString(!on), config.getConfigValue(DISABLED).getValue());
        assertEquals(
                Boolean.toString(on),
                config.getConfigValue("quarkus.datasource.jdbc.telemetry.enabled")
                        .getValue());
    }

    /** As Quarkus has it: there is a default, which is no endpoint of the operator's. */
    private static SmallRyeConfig with(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withDefaultValue(ENDPOINT, "http://localhost:4317")
                .withSources(new PropertiesConfigSource(environment, "environment", 300))
                .withSources(new TracingSwitch())
                .build();
    }
}
