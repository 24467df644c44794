package io.postern.problem;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives an error the form of its path, wherever it was found: a problem, but for paths with a form of their own. */
@Singleton
class ErrorForms {

    private final List<ErrorForm> forms;

    ErrorForms(@All List<ErrorForm> forms) {
        this.forms = List.copyOf(forms);
    }

    /** The body and its media type. */
    record Rendered(Object body, String mediaType) {}

    Rendered render(ProblemDetails details, @Nullable String path) {
        return forms.stream()
                .filter(form -> form.path().equals(path))
                .map(form -> new Rendered(form.of(details.status()), "application/json"))
                .findAny()
                .orElseGet(() -> new Rendered(details, ProblemDetails.MEDIA_TYPE));
    }
}
