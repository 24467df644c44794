package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** For whoever has to set up a second factor before anything else opens. */
public final class EnrollPage {
    private EnrollPage() {}

    /**
     * @param once makes the form for an app good for one
     * @param graceUntil until when the person may go on without; empty where they may not
     */
    public static Html html(Frame frame, String once, Optional<Instant> graceUntil) {
        return Layout.narrow(
                frame,
                "Set up a second step",
                List.of(),
                Html.of(
                        """
                <div class="card">
                <p>{} It takes a minute to set one up.</p>
                {}
                {}
                </div>
                <form class="aside" method="post" action="/sign-out">{}<button class="quiet">Sign out</button></form>
                """,
                        why(graceUntil),
                        Ways.html(frame, once),
                        graceUntil.map(end -> skip(frame)),
                        frame.csrfField()));
    }

    private static Html why(Optional<Instant> graceUntil) {
        return graceUntil
                .map(end -> Html.of("From {} on, this site asks you for a second step at sign-in.", Words.day(end)))
                .orElseGet(() -> Html.of("This site asks you for a second step at sign-in."));
    }

    private static Html skip(Frame frame) {
        return Html.of("""
                <form method="post" action="/enroll/skip">{}<button>Not now</button></form>
                """, frame.csrfField());
    }
}
