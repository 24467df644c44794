package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.List;
import java.util.Optional;

/**
 * One labelled input with its hint and its error, tied together for those who hear the page. The first wrong one of a
 * form has the focus.
 *
 * @param name       also the id
 * @param attributes further attributes of the input, each with a space before it
 */
record Field(String name, String label, Optional<String> hint, Html attributes, List<FieldError> errors) {

    Field(String name, String label, Html attributes, List<FieldError> errors) {
        this(name, label, Optional.empty(), attributes, errors);
    }

    Field(String name, String label, String hint, Html attributes, List<FieldError> errors) {
        this(name, label, Optional.of(hint), attributes, errors);
    }

    Html html() {
        Optional<String> error = errors.stream()
                .filter(e -> e.field().equals(name))
                .map(FieldError::message)
                .findFirst();
        return Html.of(
                """
                <div class="field">
                <label for="{}">{}</label>
                {}{}<input id="{}" name="{}"{}{}{}>
                </div>
                """,
                name,
                label,
                hint.map(text -> Html.of("<p class=\"hint\" id=\"{}-hint\">{}</p>\n", name, text)),
                error.map(text -> Html.of("<p class=\"error\" id=\"{}-error\">{}</p>\n", name, text)),
                name,
                name,
                attributes,
                description(error.isPresent()),
                isFirstWrong() ? Html.of(" autofocus") : Html.NONE);
    }

    private boolean isFirstWrong() {
        return !errors.isEmpty() && errors.getFirst().field().equals(name);
    }

    private Html description(boolean wrong) {
        String ids = (wrong ? name + "-error " : "") + (hint.isPresent() ? name + "-hint" : "");
        Html describedBy = ids.isEmpty() ? Html.NONE : Html.of(" aria-describedby=\"{}\"", ids.strip());
        return Html.of("{}{}", describedBy, wrong ? Html.of(" aria-invalid=\"true\"") : Html.NONE);
    }
}
