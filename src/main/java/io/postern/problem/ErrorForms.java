package io.postern.problem;

import io.quarkus.arc.All;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;

/** Gives an error the form of its path, wherever it was found: a problem, but for paths with a form of their own. */
@Singleton
class ErrorForms {

    private final List<ErrorForm> forms;

    ErrorForms(@All List<ErrorForm> forms) {
        this.forms = List.copyOf(forms);
    }

    /** The body and its media type. */
    record Rendered(Object body, String mediaType) {}

    Rendered render(ProblemDetails details, HttpServerRequest request) {
        var path = request.path();
        return forms.stream()
                .filter(form -> path != null && form.covers(path))
                .map(form -> new Rendered(
                        form.of(details.status(), request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)), form.mediaType()))
                .findAny()
                .orElseGet(() -> new Rendered(details, ProblemDetails.MEDIA_TYPE));
    }
}
