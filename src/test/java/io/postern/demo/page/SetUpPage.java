package io.postern.demo.page;

import io.postern.demo.client.NewFactor;
import io.postern.demo.web.Html;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/** Three steps to an authenticator app: the image or the key, a name, the first code. */
public final class SetUpPage {
    private SetUpPage() {}

    /** @param once makes the form for another mail, where one is needed, good for one */
    public static Html html(Frame frame, NewFactor factor, String label, List<FieldError> errors, String once) {
        return Layout.wide(
                frame,
                "/profile",
                "Set up an authenticator app",
                errors,
                Html.of(
                        """
                <div class="card">
                <ol class="steps" role="list">
                <li>
                <h2>Scan this image with the app</h2>
                <p>Any app for one-time codes will do, and so will most password managers.</p>
                {}
                </li>
                <li>
                <h2>Or type this key into it</h2>
                {}
                </li>
                <li>
                <h2>Name it, and type the code that it shows now</h2>
                <form method="post" action="/set-up">
                {}{}{}{}
                <div class="actions"><button class="primary">Turn it on</button></div>
                </form>
                {}
                </li>
                </ol>
                <form method="post" action="/set-up/cancel">{}<button class="quiet">Cancel</button></form>
                <p class="hint">There is time until {}. <a href="/help/no-code">The code is wrong?</a></p>
                </div>
                """,
                        factor.qr().map(SetUpPage::image),
                        factor.secret().map(secret -> key(secret, factor.uri())),
                        frame.csrfField(),
                        LabelField.html(label, errors),
                        code(errors),
                        Confirmation.field(factor, errors),
                        Confirmation.again(frame, factor, once),
                        frame.csrfField(),
                        Words.hour(factor.expiresAt())));
    }

    /** As an image of its own, in which no script runs, whatever the drawing holds. */
    private static Html image(String svg) {
        return Html.of("""
                <img class="qr" width="232" height="232" src="data:image/svg+xml;base64,{}" \
                alt="QR code with the key below">
                """, Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static Html key(String secret, Optional<String> uri) {
        // The gaps between the groups are drawn, not text: whatever is copied is the bare key.
        List<Html> groups = secret.codePoints()
                .mapToObj(Character::toString)
                .gather(Gatherers.windowFixed(4))
                .map(group -> Html.of("<span>{}</span>", String.join("", group)))
                .toList();
        return Html.of(
                """
                <p class="key"><code>{}</code></p>
                <div class="field">
                <label for="key">The same in one piece, to copy</label>
                <input id="key" class="mono" type="text" value="{}" readonly autocomplete="off" spellcheck="false">
                </div>
                {}
                """, groups, secret, uri.filter(u -> u.startsWith("otpauth://")).map(u -> Html.of("""
                <p><a href="{}">Open it in an app on this device</a></p>
                """, u)));
    }

    private static Html code(List<FieldError> errors) {
        return new Field("code", "Code", "Six digits, new every 30 seconds.", FactorKind.TOTP.attributes(), errors)
                .html();
    }
}
