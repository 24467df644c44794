package io.postern.demo.page;

import io.postern.demo.client.NewFactor;
import io.postern.demo.web.Html;
import java.util.List;
import java.util.Optional;

/** The code that proves an address or a number, before it is switched on. */
public final class FirstCodePage {
    private FirstCodePage() {}

    public static Html html(Frame frame, NewFactor factor, SendNote note, List<FieldError> errors) {
        Html attributes =
                Html.of("{}{}", note.kind().attributes(), errors.isEmpty() ? Html.of(" autofocus") : Html.NONE);
        return Layout.wide(
                frame,
                "/profile",
                note.kind() == FactorKind.SMS ? "Confirm your phone number" : "Confirm your email address",
                errors,
                Html.of(
                        """
                <div class="card slim">
                {}
                <form method="post" action="/set-up">
                {}{}{}
                <button class="primary">Turn it on</button>
                </form>
                {}{}
                <p><a href="/set-up/{}">{}</a></p>
                <form method="post" action="/set-up/cancel">{}<button class="quiet">Cancel</button></form>
                <p class="hint">There is time until {}. <a href="/help/no-code">No code arrives?</a></p>
                </div>
                """,
                        note.html(),
                        frame.csrfField(),
                        new Field("code", note.kind().codeLabel(), attributes, errors).html(),
                        Confirmation.field(factor, errors),
                        note.again(frame, "/set-up/send", Optional.empty()),
                        Confirmation.again(frame, factor, note.once()),
                        note.kind().type(),
                        note.kind() == FactorKind.SMS ? "Use another number" : "Use another address",
                        frame.csrfField(),
                        Words.hour(factor.expiresAt())));
    }
}
