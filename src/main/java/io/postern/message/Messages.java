package io.postern.message;

import io.postern.delivery.Channel;
import io.postern.delivery.Content;
import io.postern.factor.FactorType;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what people are sent, in their language: that of their locale, else of the application's default locale, else English.
 * The service does not start unless all texts of all languages are there and valid.
 */
@Singleton
@Startup
public final class Messages {

    public Messages() {
        Languages.SPOKEN.forEach(Languages::texts);
        Arrays.stream(FactorType.values()).forEach(TextKey::name);
    }

    /**
     * A message with a code. It names the application and what the code is for, holds no link (RULES C4), and is one segment as
     * an SMS.
     */
    public Content code(Channel channel, CodeMessage message) {
        var texts = texts(message.branding(), message.locale());
        return switch (channel) {
            case EMAIL -> new CodeMail(texts, message).content();
            case SMS -> new Content(null, texts.sms(message).of(message.branding()), null);
        };
    }

    /** A mail that tells a person of their own security. */
    public Content notice(NoticeMessage message) {
        return new NoticeMail(texts(message.branding(), message.locale()), message).content();
    }

    /** The words of a page about an application, for a person. */
    public Words page(Branding branding, @Nullable String locale) {
        return new Words(texts(branding, locale), branding);
    }

    /** The words of a page for nobody in particular, in the first of these languages (BCP 47) that Postern speaks, else English. */
    public Words page(List<String> languages) {
        return Stream.concat(languages.stream(), Stream.of(Languages.LAST_RESORT))
                .flatMap(tag -> Languages.of(tag).stream())
                .flatMap(language -> Languages.texts(language).stream())
                .findFirst()
                .map(texts -> new Words(texts, null))
                .orElseThrow();
    }

    private static Texts texts(Branding branding, @Nullable String locale) {
        return Stream.of(
                        Languages.of(locale),
                        Languages.of(branding.defaultLocale()),
                        Optional.of(Languages.LAST_RESORT))
                .flatMap(Optional::stream)
                .flatMap(language -> branding.texts().texts(language).stream())
                .findFirst()
                .orElseThrow();
    }
}
