package io.postern.message;

import org.jspecify.annotations.Nullable;

/**
 * How an application appears in messages.
 *
 * @param id stands for the name where it is blank, and in an SMS where it has letters that an SMS has not
 * @param name as people know the application
 * @param defaultLocale a language tag (BCP 47) for people without a locale that there are texts for; null for English
 * @param texts the application's own
 */
public record Branding(String id, String name, @Nullable String defaultLocale, Overrides texts) {

    /** What mails call the application. */
    String shownName() {
        var shown = Shown.name(name);
        return shown.isEmpty() ? id : shown;
    }
}
