package io.postern.tracing;

import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;
import jakarta.inject.Singleton;

/** Puts our own in front of what Quarkus sets up: which traces begin, and what of them leaves. */
@Singleton
final class TracingSetUp implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer {

    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addSamplerCustomizer((sampler, config) -> new RequestedOnly(sampler));
        builder.addSpanExporterCustomizer((exporter, config) -> new CleanExporter(exporter));
    }
}
