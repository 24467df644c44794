package io.postern.tracing;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Traces begin with an endpoint to send them to, and with nothing else. Without one neither requests nor connections to the
 * stores are wrapped. What the operator sets by name ({@code quarkus.otel.sdk.disabled}) wins.
 */
public final class TracingSwitch implements ConfigSourceFactory {

    private static final List<String> ENDPOINTS =
            List.of("quarkus.otel.exporter.otlp.traces.endpoint", "quarkus.otel.exporter.otlp.endpoint");

    /** Below every place where an operator sets something, above every default (100 and less). */
    private static final int ORDINAL = 200;

    private static final int DEFAULTS = 100;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        boolean on = ENDPOINTS.stream().map(context::getValue).anyMatch(TracingSwitch::isSet);
        var settings = Map.of(
                "quarkus.otel.sdk.disabled", Boolean.toString(!on),
                "quarkus.datasource.jdbc.telemetry.enabled", Boolean.toString(on));
        return List.of(new PropertiesConfigSource(settings, "whether there is an endpoint for traces", ORDINAL));
    }

    private static boolean isSet(@Nullable ConfigValue value) {
        return value != null
                && value.getValue() != null
                && !value.getValue().isBlank()
                && value.getConfigSourceOrdinal() > DEFAULTS;
    }
}
