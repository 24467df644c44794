package io.postern.demo.page;

import io.postern.demo.account.User;
import io.postern.demo.client.Factor;
import io.postern.demo.client.Subject;
import io.postern.demo.web.Html;
import java.util.List;
import java.util.Optional;

/** The person, and the menu of their two-factor authentication. */
public final class ProfilePage {
    private ProfilePage() {}

    /**
     * The page of one person.
     *
     * @param subject empty where Postern did not tell
     */
    public static Html html(Frame frame, User user, Optional<Subject> subject) {
        return Layout.wide(
                frame,
                "/profile",
                "Profile",
                List.of(),
                Html.of(
                        """
                <section class="card" aria-labelledby="person">
                <h2 id="person">You</h2>
                <dl>
                <div><dt>Name</dt><dd>{}</dd></div>
                <div><dt>Email</dt><dd>{}</dd></div>
                </dl>
                </section>
                {}
                """,
                        user.displayName(),
                        user.email(),
                        subject.map(s -> twoFactor(frame, s)).orElseGet(ProfilePage::unknown)));
    }

    private static Html unknown() {
        return Html.of("""
                <section class="card" aria-labelledby="two-factor">
                <h2 id="two-factor">Two-factor authentication</h2>
                <p>Your settings cannot be read right now. Try again in a moment.</p>
                <p><a class="button" href="/profile">Try again</a></p>
                </section>
                """);
    }

    private static Html twoFactor(Frame frame, Subject subject) {
        return Html.of(
                """
                <section class="card" aria-labelledby="two-factor">
                <h2 id="two-factor">Two-factor authentication {}</h2>
                <p>{}</p>
                {}{}
                <div class="actions">
                <form method="post" action="/set-up/begin">{}<button class="primary">{}</button></form>
                {}
                </div>
                </section>
                """,
                subject.twoFactorOn()
                        ? Html.of("<span class=\"badge on\">On</span>")
                        : Html.of("<span class=\"badge\">Off</span>"),
                subject.twoFactorOn()
                        ? "A sign-in asks for your password and for one of these."
                        : "With it, your password alone opens nothing: a sign-in also asks for a code from your phone.",
                subject.lockedUntil().map(until -> Html.of("""
                        <p class="notice bad">After several wrong codes, the next one can be tried at {}.</p>
                        """, Words.hour(until))),
                factors(frame, subject),
                frame.csrfField(),
                subject.twoFactorOn() ? "Add an authenticator app" : "Set up an authenticator app",
                subject.twoFactorOn() ? turnOff(frame) : Html.NONE);
    }

    private static Html turnOff(Frame frame) {
        return Html.of("""
                <form method="post" action="/profile/turn-off">{}<button class="danger">Turn off two-factor authentication</button></form>
                """, frame.csrfField());
    }

    private static Html factors(Frame frame, Subject subject) {
        List<Html> items = subject.factors().stream()
                .map(factor -> factor(frame, factor, subject.factors().size() > 1))
                .toList();
        return items.isEmpty() ? Html.NONE : Html.of("<ul class=\"factors\">{}</ul>", items);
    }

    private static Html factor(Frame frame, Factor factor, boolean amongOthers) {
        String title = FactorKind.of(factor).map(FactorKind::title).orElse(factor.type());
        String label = factor.label().isBlank() ? title : factor.label();
        return Html.of(
                """
                <li>
                <h3>{}{}{}</h3>
                <p class="hint">{}{}{}</p>
                <div class="actions">
                <a class="button" href="/profile/rename?factor={}">Rename{}</a>
                {}{}
                </div>
                </li>
                """,
                label,
                amongOthers && factor.preferred()
                        ? Html.of(" <span class=\"badge\">Asked for first</span>")
                        : Html.NONE,
                factor.usable() ? Html.NONE : Html.of(" <span class=\"badge off\">Cannot be used now</span>"),
                title,
                factor.createdAt().map(time -> Html.of(" · set up {}", Words.day(time))),
                factor.lastUsedAt().map(time -> Html.of(" · last used {}", Words.day(time))),
                CodePrompt.inQuery(factor.id()),
                named(label),
                amongOthers && !factor.preferred()
                        ? button(frame, "/profile/default", "Ask for this first", factor, label)
                        : Html.NONE,
                button(frame, "/profile/remove", "Remove", factor, label));
    }

    private static Html button(Frame frame, String path, String text, Factor factor, String label) {
        return Html.of("""
                <form method="post" action="{}">{}<input type="hidden" name="factor" value="{}"><button>{}{}</button></form>
                """, path, frame.csrfField(), factor.id(), text, named(label));
    }

    /** Tells apart, for those who hear them, the buttons that look alike. */
    private static Html named(String label) {
        return Html.of("<span class=\"unseen\"> “{}”</span>", label);
    }
}
