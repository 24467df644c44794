package io.postern.message;

import io.postern.delivery.Content;
import java.util.Map;

/** The mail of a code. */
final class CodeMail {

    private final Texts texts;
    private final CodeMessage message;
    private final String name;

    CodeMail(Texts texts, CodeMessage message) {
        this.texts = texts;
        this.message = message;
        this.name = message.branding().shownName();
    }

    Content content() {
        return new Content(
                message.codeInSubject() ? subjectWithCode() : subject(),
                body(Markup.PLAIN) + "\n",
                Markup.page(texts.language(), subject(), body(Markup.HTML)));
    }

    private String subject() {
        return texts.render(Markup.PLAIN, TextKey.MAIL_SUBJECT, Map.of("application", name));
    }

    private String subjectWithCode() {
        var values = Map.of("application", name, "code", message.code());
        return texts.render(Markup.PLAIN, TextKey.MAIL_SUBJECT_WITH_CODE, values);
    }

    private String body(Markup markup) {
        var application = Map.of("application", markup.value(name));
        return texts.render(
                markup,
                TextKey.MAIL_TEXT,
                Map.ofEntries(
                        Map.entry("application", markup.value(name)),
                        Map.entry(
                                "purpose", texts.render(markup, TextKey.mailPurpose(message.occasion()), application)),
                        Map.entry("code", markup.code(message.code())),
                        Map.entry("minutes", Integer.toString(message.minutes()))));
    }
}
