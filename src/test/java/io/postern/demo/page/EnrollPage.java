package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.List;

/** For whoever has to set up a second factor before anything else opens. */
public final class EnrollPage {
    private EnrollPage() {}

    public static Html html(Frame frame) {
        return Layout.narrow(
                frame, "Set up a second step", List.of(), Html.of("""
                <div class="card">
                <p>This site asks everyone for a second step at sign-in. It takes a minute: you need an app for one-time \
                codes on your phone, or a password manager.</p>
                <form method="post" action="/set-up/begin">{}<button class="primary">Set up an authenticator app</button></form>
                </div>
                <form class="aside" method="post" action="/sign-out">{}<button class="quiet">Sign out</button></form>
                """, frame.csrfField(), frame.csrfField()));
    }
}
