package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.List;

/** Every mail and text message that went out during the try-out; none goes out yet. */
public final class InboxPage {
    private InboxPage() {}

    public static Html html(Frame frame) {
        return Layout.wide(frame, "/inbox", "Inbox", List.of(), Html.of("""
                <div class="card">
                <p>No message went out yet.</p>
                <p class="hint">During the try-out, every mail and text message that Postern sends to anybody is shown here, \
                and as JSON at <a href="/inbox.json">/inbox.json</a>.</p>
                </div>
                """));
    }
}
