package io.postern.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;

/**
 * Gives an error the form of its path, wherever it was found: a problem, but for paths with a form of their own. Counts it:
 * {@code postern_problems_total} by {@code code}, each there from the start, so that the first one is seen to grow.
 */
@Singleton
class ErrorForms {

    private final List<ErrorForm> forms;
    private final MeterRegistry registry;

    ErrorForms(@All List<ErrorForm> forms, MeterRegistry registry) {
        this.forms = List.copyOf(forms);
        this.registry = registry;
        Arrays.stream(ProblemCode.values()).forEach(code -> counter(code.code()));
    }

    /** The body and its media type. */
    record Rendered(Object body, String mediaType) {}

    Rendered render(ProblemDetails details, HttpServerRequest request) {
        counter(details.code()).increment();
        var path = request.path();
        return forms.stream()
                .filter(form -> path != null && form.covers(path))
                .map(form -> new Rendered(
                        form.of(details.status(), request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)), form.mediaType()))
                .findAny()
                .orElseGet(() -> new Rendered(details, ProblemDetails.MEDIA_TYPE));
    }

    private Counter counter(String code) {
        return Counter.builder("postern.problems")
                .description("Refusals and failures that calls were answered with")
                .tag("code", code)
                .register(registry);
    }
}
