package io.postern.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Everything that leaves goes through here. A receiver that is away is told of once, and once when it is back. */
final class CleanExporter implements SpanExporter {

    private static final Logger LOG = Logger.getLogger(CleanExporter.class);

    private final SpanExporter exporter;
    private final AtomicBoolean away = new AtomicBoolean();

    CleanExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result =
                exporter.export(spans.stream().<SpanData>map(CleanSpan::new).toList());
        result.whenComplete(() -> tell(result));
        return result;
    }

    private void tell(CompletableResultCode result) {
        boolean taken = result.isSuccess();
        if (!taken && away.compareAndSet(false, true)) {
            var failure = result.getFailureThrowable();
            LOG.warnf(
                    "Traces are lost and nothing else: their receiver does not take them (%s)",
                    failure == null ? "no answer" : failure.getClass().getName());
        } else if (taken && away.compareAndSet(true, false)) {
            LOG.info("The receiver of traces takes them again");
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
