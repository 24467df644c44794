package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.List;
import java.util.Optional;

/** The name that a person gives to a factor, to tell it from their others. */
public final class LabelField {
    private static final int LONGEST = 64;

    private LabelField() {}

    /** What is wrong with a name, if anything is. */
    public static Optional<FieldError> check(String label) {
        if (label.isBlank()) {
            return Optional.of(new FieldError("label", "Give it a name."));
        }
        if (label.codePointCount(0, label.length()) > LONGEST
                || label.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of(new FieldError("label", "The name can have up to 64 letters, and no line breaks."));
        }
        return Optional.empty();
    }

    static Html html(String label, List<FieldError> errors) {
        Html attributes =
                Html.of(" value=\"{}\" type=\"text\" autocomplete=\"off\" maxlength=\"{}\" required", label, LONGEST);
        return new Field("label", "Name", "So that you know which one it is, for example “Phone”.", attributes, errors)
                .html();
    }
}
