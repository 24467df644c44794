package io.postern.demo.page;

import io.postern.demo.client.RecoveryCodes;
import io.postern.demo.web.Html;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** New recovery codes, to be kept; and the question for one of them, which shows that they were. */
public final class RecoveryCodesPage {
    private RecoveryCodesPage() {}

    /** The codes. What needs a script, copying and printing, is shown by it. */
    public static Html codes(Frame frame, RecoveryCodes codes) {
        List<Html> items = codes.codes().stream()
                .map(code -> Html.of("<li><code>{}</code></li>\n", code))
                .toList();
        return Layout.wide(
                frame, "/profile", "Keep your recovery codes", List.of(), Html.of("""
                <div class="card">
                <p>If your phone or mailbox is out of reach, one of these codes signs you in. Each works once. Keep them where \
                nobody else looks and where you find them without your phone: in a password manager, or on paper.</p>
                <p><strong>They are shown now and never again.</strong> <a href="/help/lost-phone">When you need them</a></p>
                <ol class="codes" id="codes" role="list">
                {}</ol>
                <div class="actions">
                <button type="button" data-copies="codes" hidden>Copy</button>
                <a class="button" href="/recovery-codes.txt">Download</a>
                <button type="button" data-prints hidden>Print</button>
                <span role="status" class="hint" id="copied"></span>
                </div>
                <div class="actions next">
                <a class="button primary" href="/recovery-codes/confirm">I have kept them</a>
                <form method="post" action="/recovery-codes/later">{}<button class="quiet">Later</button></form>
                </div>
                </div>
                """, items, frame.csrfField()));
    }

    /** @param shown whether the codes can still be shown again */
    public static Html confirm(Frame frame, boolean shown, List<FieldError> errors) {
        Html attributes = Html.of("{}{}", FactorKind.RECOVERY_CODE.attributes(), errors.isEmpty() ? " autofocus" : "");
        return Layout.wide(
                frame,
                "/profile",
                "Type one of your recovery codes",
                errors,
                Html.of(
                        """
                <div class="card slim">
                <form method="post" action="/recovery-codes/confirm">
                {}{}
                <button class="primary">Confirm</button>
                </form>
                <p>{}</p>
                </div>
                """,
                        frame.csrfField(),
                        new Field(
                                        "code",
                                        FactorKind.RECOVERY_CODE.codeLabel(),
                                        "Any of them, to show that you have them at hand. It stays good.",
                                        attributes,
                                        errors)
                                .html(),
                        shown
                                ? Html.of("<a href=\"/recovery-codes\">Show the codes once more</a>")
                                : Html.of("<a href=\"/profile\">Cancel</a>")));
    }

    /** As a file to keep. */
    public static String text(RecoveryCodes codes, String user, Instant now) {
        return codes.codes().stream()
                .collect(Collectors.joining(
                        "\n",
                        "Recovery codes of %s for the demo admin area, made on %s.%n".formatted(user, Words.date(now))
                                + "Each signs you in once, in place of your second step.\n\n",
                        "\n"));
    }
}
