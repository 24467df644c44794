package io.postern.demo.page;

import io.postern.demo.account.User;
import io.postern.demo.client.Device;
import io.postern.demo.client.Factor;
import io.postern.demo.client.Subject;
import io.postern.demo.client.Subject.RecoveryCodes;
import io.postern.demo.web.Html;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The person, and the menu of their two-factor authentication. */
public final class ProfilePage {
    /** From this number downwards the person is warned. */
    private static final int FEW = 3;

    private ProfilePage() {}

    /**
     * What a person has set up.
     *
     * @param devices the computers that are remembered
     * @param present the id of the one that the page is shown on
     */
    public record Settings(Subject subject, List<Device> devices, Optional<String> present) {}

    /**
     * The page of one person.
     *
     * @param settings empty where Postern did not tell
     */
    public static Html html(Frame frame, User user, Optional<Settings> settings) {
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
                <p><a class="button" href="/password">Change your password</a></p>
                </section>
                {}
                """,
                        user.displayName(),
                        user.email(),
                        settings.map(known -> twoFactor(frame, known)).orElseGet(ProfilePage::unknown)));
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

    private static Html twoFactor(Frame frame, Settings settings) {
        Subject subject = settings.subject();
        return Html.of(
                """
                <section class="card" aria-labelledby="two-factor">
                <h2 id="two-factor">Two-factor authentication {}</h2>
                <p>{}</p>
                {}{}
                {}
                </section>
                {}{}
                """,
                subject.twoFactorOn()
                        ? Html.of("<span class=\"badge on\">On</span>")
                        : Html.of("<span class=\"badge\">Off</span>"),
                subject.twoFactorOn()
                        ? Html.of("A sign-in asks for your password and for one of these."
                                + " <a href=\"/help/new-phone\">You have a new phone?</a>")
                        : Html.of("With it, your password alone opens nothing: a sign-in also asks for a code."
                                + " <a href=\"/help/turn-it-on\">How to turn it on</a>"),
                subject.lockedUntil().map(until -> Html.of("""
                        <p class="notice bad">After several wrong codes, the next one can be tried at {}.</p>
                        """, Words.hour(until))),
                factors(frame, subject),
                subject.frozenSince().map(ProfilePage::frozen).orElseGet(() -> actions(frame, subject)),
                subject.twoFactorOn() ? recovery(frame, subject) : Html.NONE,
                subject.twoFactorOn() ? signIns(frame, settings) : Html.NONE);
    }

    private static Html actions(Frame frame, Subject subject) {
        return Html.of(
                """
                <div class="actions">
                <a class="button primary" href="/set-up/choose">{}</a>
                {}
                </div>
                """,
                subject.twoFactorOn() ? "Add another way" : "Set up two-factor authentication",
                subject.twoFactorOn() ? turnOff(frame) : Html.NONE);
    }

    private static Html frozen(Instant since) {
        return Html.of("""
                <p class="notice bad">Since {}, when somebody said that a change was not theirs: Nothing can be added to your \
                account until you have spoken with the person who administers this site. You can still remove what is not \
                yours.</p>
                """, Words.day(since));
    }

    private static Html recovery(Frame frame, Subject subject) {
        return Html.of(
                """
                <section class="card" aria-labelledby="recovery">
                <h2 id="recovery">Recovery codes</h2>
                {}
                {}
                </section>
                """,
                subject.recoveryCodes()
                        .map(codes -> Html.of("{}{}", left(codes), codes.confirmed() ? Html.NONE : reminder()))
                        .orElseGet(() -> Html.of("<p>You have none.</p>\n")),
                subject.frozenSince().isPresent() ? Html.NONE : Html.of("""
                        <form method="post" action="/recovery-codes/new">{}<button>Make new recovery codes</button></form>
                        """, frame.csrfField()));
    }

    private static Html left(RecoveryCodes codes) {
        return codes.left() > FEW
                ? Html.of("<p>{} of your ten recovery codes are left.</p>\n", codes.left())
                : Html.of(
                        "<p class=\"notice bad\">{} left. Make new ones before you need them.</p>\n",
                        switch (codes.left()) {
                            case 0 -> "No recovery code is";
                            case 1 -> "One recovery code is";
                            default -> codes.left() + " recovery codes are";
                        });
    }

    private static Html reminder() {
        return Html.of("""
                <div class="notice bad"><p>You have not confirmed yet that you kept them. Without them, the loss of your phone or \
                mailbox can lock you out.</p>
                <p><a href="/recovery-codes/confirm">Type one of them</a>, or make new ones if you do not have them.</p></div>
                """);
    }

    private static Html signIns(Frame frame, Settings settings) {
        return Html.of(
                """
                <section class="card" aria-labelledby="preferences">
                <h2 id="preferences">Sign-ins</h2>
                <form method="post" action="/profile/preferences">
                {}
                <p class="box"><input type="checkbox" id="always" name="always" value="yes"{}> \
                <label for="always">Ask for a code at every sign-in</label></p>
                <p class="hint"><a href="/help/this-computer">Being asked less often on this computer</a></p>
                <button>Save</button>
                </form>
                {}
                </section>
                """,
                frame.csrfField(),
                settings.subject().askEverySignIn() ? Html.of(" checked") : Html.NONE,
                ComputerList.html(frame, settings.devices(), settings.present()));
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
                <p class="hint">{}{}{}{}</p>
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
                factor.destination().map(to -> Html.of(" · {}", to)),
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
