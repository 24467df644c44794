package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.List;

/** A new password for somebody who is signed in. */
public final class PasswordPage {
    private PasswordPage() {}

    public static Html html(Frame frame, List<FieldError> errors) {
        return Layout.wide(
                frame,
                "/profile",
                "Change your password",
                errors,
                Html.of("""
                <form class="card slim" method="post" action="/password">
                {}{}{}
                <div class="actions"><button class="primary">Change it</button> <a class="button" href="/profile">Cancel</a></div>
                </form>
                """, frame.csrfField(), present(errors), wanted(errors)));
    }

    private static Html present(List<FieldError> errors) {
        Html attributes = Html.of(" type=\"password\" autocomplete=\"current-password\" required");
        return new Field("password", "Present password", attributes, errors).html();
    }

    private static Html wanted(List<FieldError> errors) {
        Html attributes = Html.of(" type=\"password\" autocomplete=\"new-password\" minlength=\"8\" required");
        return new Field("new-password", "New password", "At least 8 characters.", attributes, errors).html();
    }
}
