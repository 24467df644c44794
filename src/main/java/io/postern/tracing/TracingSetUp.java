package io.postern.tracing;

import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.quarkus.arc.All;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Puts our own in front of what Quarkus sets up: which traces begin, and what of them leaves. It does what Quarkus'
 * {@code TracerProviderCustomizer} would, which is left out by {@code quarkus.arc.exclude-types} because it would add the
 * processor that sends as it is.
 */
@Singleton
final class TracingSetUp implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer {

    private final List<SpanProcessor> processors;

    TracingSetUp(@All List<SpanProcessor> processors) {
        this.processors = processors;
    }

    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addSamplerCustomizer((sampler, _) -> new RequestedOnly(sampler));
        builder.addTracerProviderCustomizer((provider, _) -> {
            processors.forEach(processor -> provider.addSpanProcessor(new CleanProcessor(processor)));
            return provider;
        });
    }
}
