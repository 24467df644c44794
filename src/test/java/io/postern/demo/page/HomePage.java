package io.postern.demo.page;

import io.postern.demo.account.User;
import io.postern.demo.client.Proof;
import io.postern.demo.web.Html;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is signed in, and how. */
public final class HomePage {
    private HomePage() {}

    public static Html html(Frame frame, User user, Instant since, Optional<Proof> proof) {
        return Layout.wide(
                frame,
                "/home",
                "Home",
                List.of(),
                Html.of(
                        """
                <p class="lead">Welcome, {}. You are signed in as <strong>{}</strong>.</p>
                <section class="card" aria-labelledby="how">
                <h2 id="how">How you signed in</h2>
                <dl>
                <div><dt>Since</dt><dd>{}</dd></div>
                <div><dt>First step</dt><dd>Password</dd></div>
                {}
                </dl>
                </section>
                {}
                """,
                        user.displayName(),
                        user.id(),
                        Words.day(since),
                        proof.map(HomePage::secondStep).orElseGet(HomePage::noSecondStep),
                        user.isAdministrator() ? rules() : Html.NONE));
    }

    private static Html rules() {
        return Html.of("""
                <section class="card" aria-labelledby="area">
                <h2 id="area">This admin area</h2>
                <p><a href="/rules">Rules of sign-in</a></p>
                <p><a href="/help-desk">Help desk</a></p>
                <p><a href="/audit">Audit trail</a></p>
                <p><a href="/webhooks">Webhooks</a></p>
                </section>
                """);
    }

    private static Html secondStep(Proof proof) {
        return Html.of(
                """
                <div><dt>Second step</dt><dd>{}, passed {}</dd></div>
                <div><dt>Methods (<code>amr</code>)</dt><dd><code>{}</code></dd></div>
                <div><dt>Level (<code>acr</code>)</dt><dd><code>{}</code></dd></div>
                {}
                """,
                named(proof.methods()),
                Words.day(proof.passedAt()),
                String.join(", ", proof.methods()),
                proof.level().acr(),
                proof.factor().map(factor -> Html.of("""
                        <div><dt>Factor (<code>factor</code>)</dt><dd><code>{}</code></dd></div>
                        """, factor)));
    }

    /** The first method in words (RFC 8176, and Postern's own); what others there are stands below it. */
    private static String named(List<String> methods) {
        return switch (methods.isEmpty() ? "" : methods.getFirst()) {
            case "otp" -> "Authenticator app";
            case "email" -> "Code by email, which is less than a second factor";
            case "sms" -> "Code by text message";
            case "recovery" -> "Recovery code";
            case "support" -> "Code of the help desk, which is less than a second factor";
            case "remembered" -> "Not asked for, because this computer is remembered; last";
            default -> "Another way";
        };
    }

    private static Html noSecondStep() {
        return Html.of("""
                <div><dt>Second step</dt><dd>None was asked for. <a href="/profile">Set one up in your profile</a></dd></div>
                """);
    }
}
