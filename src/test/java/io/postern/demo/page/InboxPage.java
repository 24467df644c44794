package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every mail and text message that went out during the try-out, newest first. */
public final class InboxPage {
    private static final Pattern LINK = Pattern.compile("https?://[\\w.:-]+/wasnt-me/[\\w-]{43}(?![\\w-])");

    private InboxPage() {}

    /** @param mood how the pretend SMS provider behaves; empty where there is none */
    public static Html html(Frame frame, List<Letter> letters, Optional<ProviderMood> mood) {
        return Layout.wide(
                frame,
                "/inbox",
                "Inbox",
                List.of(),
                Html.of(
                        """
                <p class="hint">During the try-out, every mail and text message that Postern sends to anybody is shown here, \
                and as JSON at <a href="/inbox.json">/inbox.json</a>.</p>
                <p><a class="button" href="/inbox">Look again</a></p>
                {}
                {}
                """,
                        letters.isEmpty()
                                ? Html.of("<div class=\"card\"><p>No message went out yet.</p></div>")
                                : Html.of(
                                        "<ol class=\"letters\" role=\"list\">{}</ol>",
                                        letters.stream().map(InboxPage::letter).toList()),
                        mood.map(current -> provider(frame, current))));
    }

    private static Html letter(Letter letter) {
        return Html.of(
                """
                <li class="card">
                <p class="hint"><span class="badge">{}</span> to <strong>{}</strong>, {}</p>
                {}
                <p class="text">{}</p>
                </li>
                """,
                letter.channel().equals("sms") ? "SMS" : "Email",
                letter.to(),
                Words.moment(letter.at()),
                letter.subject().map(subject -> Html.of("<h2>{}</h2>", subject)),
                withLinks(letter.text()));
    }

    /** The text, with the links that take a change back to be followed. */
    private static List<Html> withLinks(String text) {
        var parts = new ArrayList<Html>();
        int from = 0;
        var links = LINK.matcher(text);
        while (links.find()) {
            parts.add(Html.of("{}", text.substring(from, links.start())));
            parts.add(Html.of("<a href=\"{}\">{}</a>", links.group(), links.group()));
            from = links.end();
        }
        parts.add(Html.of("{}", text.substring(from)));
        return parts;
    }

    private static Html provider(Frame frame, ProviderMood current) {
        List<Html> moods = Arrays.stream(ProviderMood.values())
                .map(mood -> Html.of(
                        """
                        <p class="box"><input type="radio" id="{}" name="mood" value="{}"{}> <label for="{}">{}</label></p>
                        """,
                        mood.name(),
                        mood.name(),
                        mood == current ? Html.of(" checked") : Html.NONE,
                        mood.name(),
                        mood.words()))
                .toList();
        return Html.of("""
                <section class="card" aria-labelledby="provider">
                <h2 id="provider">The pretend SMS provider</h2>
                <p>See how codes fare when the provider does not behave.</p>
                <form method="post" action="/inbox/provider">
                {}
                <fieldset><legend>From now on it</legend>
                {}</fieldset>
                <button>Let it</button>
                </form>
                </section>
                """, frame.csrfField(), moods);
    }
}
