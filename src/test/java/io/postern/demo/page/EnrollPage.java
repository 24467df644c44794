package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.List;

/** For whoever has to set up a second factor before anything else opens. */
public final class EnrollPage {
    private EnrollPage() {}

    /** @param once makes the form for an app good for one */
    public static Html html(Frame frame, String once) {
        return Layout.narrow(
                frame, "Set up a second step", List.of(), Html.of("""
                <div class="card">
                <p>This site asks everyone for a second step at sign-in. It takes a minute to set one up.</p>
                {}
                </div>
                <form class="aside" method="post" action="/sign-out">{}<button class="quiet">Sign out</button></form>
                """, Ways.html(frame, once), frame.csrfField()));
    }
}
