package io.postern.demo.page;

import io.postern.demo.client.NewFactor;
import io.postern.demo.web.Html;
import java.util.List;
import java.util.Optional;

/** The second code of a set-up: where a site asks for it, a first factor is also confirmed from the known mailbox. */
public final class Confirmation {
    /** The name of its field. */
    public static final String FIELD = "email_code";

    private Confirmation() {}

    static Optional<Html> field(NewFactor factor, List<FieldError> errors) {
        return factor.confirmationTo()
                .map(to -> new Field(
                                FIELD,
                                "Code from the email to " + to,
                                "Another code went there, so that nobody who only has your password can do this. Look in"
                                        + " the spam folder too.",
                                FactorKind.EMAIL.attributes(),
                                errors)
                        .html());
    }

    /** @param once makes the form good for one code */
    static Optional<Html> again(Frame frame, NewFactor factor, String once) {
        return factor.confirmationTo().map(to -> Html.of("""
                <form class="again" method="post" action="/set-up/send-confirmation">
                {}<input type="hidden" name="once" value="{}">
                <button>Send the email to {} again</button>
                </form>
                """, frame.csrfField(), once, to));
    }
}
