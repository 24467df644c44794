package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.List;
import java.util.Optional;

/** The frame of a page: head, landmarks, navigation, notice. */
final class Layout {
    private static final Html MARK = Html.of("""
            <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">\
            <path fill="currentColor" d="M12 1.5 21 5v6.6c0 5-3.7 9-9 10.9-5.3-1.9-9-5.9-9-10.9V5zm0 5.8a3 3 0 0 0-1.4 \
            5.6l-.8 3.9h4.4l-.8-3.9A3 3 0 0 0 12 7.3z"/></svg>""");

    private record Place(String path, String name) {}

    private static final List<Place> PLACES = List.of(
            new Place("/home", "Home"),
            new Place("/profile", "Profile"),
            new Place("/inbox", "Inbox"),
            new Place("/help", "Help"));

    private Layout() {}

    /**
     * A page for somebody who is not yet in: one narrow column.
     *
     * @param errors what is wrong with what was sent; the page's title says so too, since it is read out first
     */
    static Html narrow(Frame frame, String title, List<FieldError> errors, Html main) {
        return document(frame, title, errors, Html.of("""
                <body class="narrow">
                <header><span class="brand">{}<span>Demo admin</span></span></header>
                <main id="main">
                {}{}
                <h1>{}</h1>
                {}
                </main>
                <footer><p>A demonstration of two-factor sign-in with Postern. <a href="/help">Help</a></p></footer>
                """, MARK, notice(frame), summary(errors), title, main));
    }

    /** A page of somebody who is signed in. */
    static Html wide(Frame frame, String path, String title, List<FieldError> errors, Html main) {
        return document(
                frame,
                title,
                errors,
                Html.of(
                        """
                <body class="wide">
                <a class="skip" href="#main">Skip to content</a>
                <header>
                <a class="brand" href="/home">{}<span>Demo admin</span></a>
                {}
                </header>
                <main id="main">
                {}{}
                <h1>{}</h1>
                {}
                </main>
                """,
                        MARK,
                        frame.signedIn().map(name -> menu(frame, name, path)),
                        notice(frame),
                        summary(errors),
                        title,
                        main));
    }

    /** A page for everybody, with the menu for whoever is signed in. */
    static Html forAnyone(Frame frame, String path, String title, Html main) {
        return frame.signedIn().isPresent()
                ? wide(frame, path, title, List.of(), main)
                : narrow(frame, title, List.of(), main);
    }

    private static Html document(Frame frame, String title, List<FieldError> errors, Html body) {
        return Html.of(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>{}{} – Demo admin</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <link rel="stylesheet" href="{}">
                <script src="{}" defer></script>
                <link rel="icon" href="data:,">
                </head>
                {}
                </body>
                </html>
                """,
                isAboutAnError(frame, errors) ? "Error: " : "",
                title,
                Asset.STYLE.path(),
                Asset.SCRIPT.path(),
                body);
    }

    private static boolean isAboutAnError(Frame frame, List<FieldError> errors) {
        return !errors.isEmpty()
                || frame.notice().filter(notice -> !notice.good()).isPresent();
    }

    private static Html menu(Frame frame, String name, String path) {
        List<Html> links = PLACES.stream()
                .map(place -> Html.of(
                        "<li><a href=\"{}\"{}>{}</a></li>",
                        place.path(),
                        place.path().equals(path) ? Html.of(" aria-current=\"page\"") : Html.NONE,
                        place.name()))
                .toList();
        return Html.of("""
                <nav aria-label="Main"><ul>{}</ul></nav>
                <form class="who" method="post" action="/sign-out">{}<span>{}</span><button class="quiet">Sign out</button></form>
                """, links, frame.csrfField(), name);
    }

    private static Optional<Html> notice(Frame frame) {
        return frame.notice()
                .map(notice -> Html.of(
                        "<p class=\"notice {}\" role=\"{}\">{}</p>",
                        notice.good() ? "good" : "bad",
                        notice.good() ? "status" : "alert",
                        notice.text()));
    }

    private static Html summary(List<FieldError> errors) {
        if (errors.isEmpty()) {
            return Html.NONE;
        }
        List<Html> items = errors.stream()
                .map(error -> Html.of("<li><a href=\"#{}\">{}</a></li>", error.field(), error.message()))
                .toList();
        return Html.of("""
                <div class="summary" role="alert" aria-labelledby="summary">
                <h2 id="summary">There is a problem</h2>
                <ul>{}</ul>
                </div>
                """, items);
    }
}
