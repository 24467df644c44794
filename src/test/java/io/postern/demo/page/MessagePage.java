package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.List;

/** One sentence, and the one way on. */
public final class MessagePage {
    private MessagePage() {}

    public static Html html(Frame frame, String title, String sentence, String path, String link) {
        return Layout.narrow(
                frame,
                title,
                List.of(),
                Html.of(
                        "<div class=\"card\"><p>{}</p><p><a class=\"button\" href=\"{}\">{}</a></p></div>",
                        sentence,
                        path,
                        link));
    }
}
