package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.List;

/** What somebody who is signed in may set up. */
public final class WaysPage {
    private WaysPage() {}

    /** @param once makes the form for an app good for one */
    public static Html html(Frame frame, String once) {
        return Layout.wide(
                frame, "/profile", "Choose a way to confirm sign-ins", List.of(), Html.of("""
                <div class="card">
                {}
                <p><a href="/profile">Cancel</a></p>
                </div>
                """, Ways.html(frame, once)));
    }
}
