package io.postern.demo.page;

import io.postern.demo.web.Html;

/** Asks for a code before a change of the person's factors, and says beforehand what the change does. */
public final class ConfirmPage {
    private ConfirmPage() {}

    public static Html html(Frame frame, String change, String consequence, String button, CodePrompt prompt) {
        return Layout.wide(
                frame, "/profile", change, prompt.errors(), Html.of("""
                <div class="card slim">
                <p class="consequence">{}</p>
                {}
                <p><a href="/profile">Cancel</a></p>
                </div>
                """, consequence, prompt.html(frame, button)));
    }
}
