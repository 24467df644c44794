package io.postern.demo.page;

import io.postern.demo.web.Html;

/** The second step of a sign-in. */
public final class CodePage {
    private CodePage() {}

    public static Html html(Frame frame, CodePrompt prompt) {
        return Layout.narrow(
                frame, "Confirm that it is you", prompt.errors(), Html.of("""
                <div class="card">
                {}
                </div>
                <p class="aside"><a href="/sign-in">Start again</a></p>
                """, prompt.html(frame, "Continue")));
    }
}
