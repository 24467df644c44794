package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Where codes are to go: a mail address or a phone number, and a name for it. */
public final class DestinationPage {
    /** Roughly; Postern says exactly. It spares a person the step-up for what is a slip of the finger. */
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private static final int LONGEST_ADDRESS = 254;
    private static final Pattern NUMBER = Pattern.compile("\\+[0-9 ().-]{6,31}");

    private DestinationPage() {}

    /** What is wrong with what was typed, as far as this program can tell. */
    public static List<FieldError> check(FactorKind kind, String destination, String label) {
        var errors = new ArrayList<FieldError>();
        if (kind == FactorKind.SMS && !NUMBER.matcher(destination).matches()) {
            errors.add(new FieldError(
                    "destination",
                    "Write the number with a plus and the country’s code in front, for example +1 415 555 2671."));
        }
        if (kind == FactorKind.EMAIL
                && (destination.length() > LONGEST_ADDRESS
                        || !ADDRESS.matcher(destination).matches())) {
            errors.add(new FieldError("destination", "Write the address like name@example.com."));
        }
        LabelField.check(label).ifPresent(errors::add);
        return errors;
    }

    /**
     * The page.
     *
     * @param kind email or SMS
     * @param once makes the form good for one factor
     */
    public static Html html(
            Frame frame, FactorKind kind, String destination, String label, List<FieldError> errors, String once) {
        boolean sms = kind == FactorKind.SMS;
        return Layout.wide(
                frame,
                "/profile",
                sms ? "Set up text messages" : "Set up email",
                errors,
                Html.of(
                        """
                <form class="card slim" method="post" action="/set-up/{}">
                {}<input type="hidden" name="once" value="{}">
                {}{}
                <p class="hint">A code goes there now. It is switched on when you have typed that code.</p>
                <div class="actions"><button class="primary">Send a code</button> \
                <a class="button" href="/profile">Cancel</a></div>
                </form>
                """,
                        kind.type(),
                        frame.csrfField(),
                        once,
                        (sms ? number(destination, errors) : address(destination, errors)).html(),
                        LabelField.html(label, errors)));
    }

    private static Field number(String typed, List<FieldError> errors) {
        Html attributes = Html.of(" value=\"{}\" type=\"tel\" autocomplete=\"tel\" maxlength=\"40\" required", typed);
        return new Field(
                "destination",
                "Mobile phone number",
                "With a plus and the country’s code in front, for example +1 415 555 2671.",
                attributes,
                errors);
    }

    private static Field address(String typed, List<FieldError> errors) {
        Html attributes = Html.of(
                " value=\"{}\" type=\"email\" autocomplete=\"email\" autocapitalize=\"none\" spellcheck=\"false\""
                        + " maxlength=\"254\" required",
                typed);
        return new Field("destination", "Email address", attributes, errors);
    }
}
