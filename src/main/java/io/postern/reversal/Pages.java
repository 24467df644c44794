package io.postern.reversal;

import io.postern.message.PageText;
import io.postern.message.Words;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The pages behind a link: whole without a script, a picture or anything of somebody else's. */
final class Pages {

    private Pages() {}

    /** Shows a change, and the button that takes it back. */
    record Confirm(
            String language,
            String title,
            String style,
            String what,
            List<String> details,
            String look,
            String effect,
            List<String> effects,
            String action,
            String token,
            String button)
            implements TemplateInstance {}

    /** Says something, and has nothing to press. */
    record Said(String language, String title, String style, List<String> lines) implements TemplateInstance {}

    static TemplateInstance confirm(Words words, LinkedChange change, String action, String token) {
        return new Confirm(
                words.language(),
                words.of(PageText.DISOWN_TITLE),
                Style.CSS,
                words.subject(change.notice()),
                words.details(change.notice(), change.at()),
                words.of(PageText.DISOWN_LOOK),
                words.of(PageText.DISOWN_EFFECT),
                List.of(
                        words.of(PageText.DISOWN_ADDED),
                        words.of(PageText.DISOWN_REMOVED),
                        words.of(PageText.DISOWN_FROZEN),
                        words.of(PageText.DISOWN_TOLD)),
                action,
                token,
                words.of(PageText.DISOWN_BUTTON));
    }

    static TemplateInstance said(Words words, PageText title, PageText... lines) {
        return new Said(
                words.language(),
                words.of(title),
                Style.CSS,
                List.of(lines).stream().map(words::of).toList());
    }
}
