package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.List;

/** User name and password. */
public final class SignInPage {
    private SignInPage() {}

    public static Html html(Frame frame, String username, List<FieldError> errors) {
        return Layout.narrow(
                frame,
                "Sign in",
                errors,
                Html.of("""
                <form class="card" method="post" action="/sign-in">
                {}{}{}
                <button class="primary">Sign in</button>
                </form>
                <aside aria-label="Users of this demo"><p>Try it as <code>owner</code> or <code>deputy</code>, who look after it, \
                as <code>editor</code> or <code>viewer</code>, each with the password <code>demo</code>.</p></aside>
                """, frame.csrfField(), username(username, errors), password(errors)));
    }

    private static Html username(String typed, List<FieldError> errors) {
        Html attributes = Html.of(
                " value=\"{}\" type=\"text\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\""
                        + " maxlength=\"128\" required",
                typed);
        return new Field("username", "User name", attributes, errors).html();
    }

    private static Html password(List<FieldError> errors) {
        Html attributes = Html.of(" type=\"password\" autocomplete=\"current-password\" required");
        return new Field("password", "Password", attributes, errors).html();
    }
}
