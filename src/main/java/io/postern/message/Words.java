package io.postern.message;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of a page in one language, as plain text. */
public final class Words {

    private final Texts texts;
    private final @Nullable Branding branding;

    Words(Texts texts, @Nullable Branding branding) {
        this.texts = texts;
        this.branding = branding;
    }

    /** The primary subtag of BCP 47. */
    public String language() {
        return texts.language();
    }

    public String of(PageText text) {
        return texts.render(Markup.PLAIN, TextKey.of(text), values());
    }

    /** What happened, in a line. */
    public String subject(Notice notice) {
        return texts.render(Markup.PLAIN, TextKey.subject(notice), values());
    }

    /** What is known of it, and when it was, in a line each. */
    public List<String> details(Notice notice, Instant time) {
        return branding == null
                ? List.of()
                : new NoticeMail(texts, new NoticeMessage(branding, null, notice, time, null)).lines();
    }

    private Map<String, String> values() {
        return branding == null ? Map.of() : Map.of("application", branding.shownName());
    }
}
