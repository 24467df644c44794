package io.postern.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestedOnlyTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @ParameterizedTest
    @CsvSource({
        "SERVER,   '', RECORD_AND_SAMPLE",
        "CONSUMER, '', RECORD_AND_SAMPLE",
        "CLIENT,   '', DROP",
        "INTERNAL, '', DROP",
        "CLIENT,   " + PARENT + ", RECORD_AND_SAMPLE",
        "INTERNAL, " + PARENT + ", RECORD_AND_SAMPLE"
    })
    void tracesBeginWithARequestOrAMessage(SpanKind kind, String parent, SamplingDecision expected) {
        var sampler = new RequestedOnly(Sampler.alwaysOn());
        var result = sampler.shouldSample(
                TraceParent.context(parent),
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "a span",
                kind,
                Attributes.empty(),
                List.of());
        assertEquals(expected, result.getDecision());
    }

    @ParameterizedTest
    @CsvSource({"SERVER", "CONSUMER"})
    void whatTheOperatorLeavesOutIsLeftOut(SpanKind kind) {
        var sampler = new RequestedOnly(Sampler.alwaysOff());
        var result = sampler.shouldSample(
                Context.root(), "4bf92f3577b34da6a3ce929d0e0e4736", "a span", kind, Attributes.empty(), List.of());
        assertEquals(SamplingDecision.DROP, result.getDecision());
    }
}
