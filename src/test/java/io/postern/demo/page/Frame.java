package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.Optional;

/**
 * What every page of a visitor has around its own matter.
 *
 * @param csrf     the secret of this visitor's session that each of its forms carries back
 * @param signedIn the name of who is signed in
 */
public record Frame(String csrf, Optional<String> signedIn, Optional<Notice> notice) {

    /** For a page without forms that anyone may see. */
    public static Frame bare() {
        return new Frame("", Optional.empty(), Optional.empty());
    }

    Html csrfField() {
        return Html.of("<input type=\"hidden\" name=\"csrf\" value=\"{}\">", csrf);
    }
}
