package io.postern.message;

import io.postern.delivery.Channel;
import io.postern.delivery.Content;
import io.postern.factor.FactorType;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

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
            case EMAIL -> codeMail(texts, message);
            case SMS -> new Content(null, texts.sms(message).of(message.branding()), null);
        };
    }

    /** A mail that tells a person of their own security. */
    public Content notice(NoticeMessage message) {
        var texts = texts(message.branding(), message.locale());
        var name = Shown.name(message.branding().name());
        var subject = texts.render(Markup.PLAIN, TextKey.subject(message.notice()), Map.of("application", name));
        return mail(
                texts,
                subject,
                subject,
                markup -> texts.render(
                        markup,
                        TextKey.text(message.notice()),
                        Map.of("application", markup.value(name), "details", details(texts, markup, message))));
    }

    private static Content codeMail(Texts texts, CodeMessage message) {
        var name = Shown.name(message.branding().name());
        var title = texts.render(Markup.PLAIN, TextKey.MAIL_SUBJECT, Map.of("application", name));
        var subject = message.codeInSubject()
                ? texts.render(
                        Markup.PLAIN,
                        TextKey.MAIL_SUBJECT_WITH_CODE,
                        Map.of("application", name, "code", message.code()))
                : title;
        return mail(texts, subject, title, markup -> {
            var application = markup.value(name);
            var purpose =
                    texts.render(markup, TextKey.mailPurpose(message.occasion()), Map.of("application", application));
            return texts.render(
                    markup,
                    TextKey.MAIL_TEXT,
                    Map.of(
                            "application",
                            application,
                            "purpose",
                            purpose,
                            "code",
                            markup.code(message.code()),
                            "minutes",
                            Integer.toString(message.minutes())));
        });
    }

    /** What is the same in both forms of a mail. */
    private interface Body {
        String in(Markup markup);
    }

    private static Content mail(Texts texts, String subject, String title, Body body) {
        return new Content(
                subject, body.in(Markup.PLAIN) + "\n", Markup.page(texts.language(), title, body.in(Markup.HTML)));
    }

    /** One a line; those that are not known are left out. */
    private static String details(Texts texts, Markup markup, NoticeMessage message) {
        var details = new ArrayList<>(details(texts, message.notice()));
        details.add(new Detail(TextKey.TIME, TIME.format(message.time())));
        if (message.ip() != null) {
            details.add(new Detail(TextKey.IP, Shown.name(message.ip())));
        }
        return String.join(
                "\n", details.stream().map(it -> it.render(texts, markup)).toList());
    }

    private static List<Detail> details(Texts texts, Notice notice) {
        return switch (notice) {
            case Notice.OfFactor it -> {
                var type = new Detail(TextKey.FACTOR, texts.render(Markup.PLAIN, TextKey.name(it.type()), Map.of()));
                // A label that nobody has chosen only repeats the type.
                yield it.label().equals(it.type().label())
                        ? List.of(type)
                        : List.of(type, new Detail(TextKey.LABEL, Shown.text(it.label())));
            }
            case Notice.EmailReplaced it -> List.of(new Detail(TextKey.NEW_ADDRESS, Shown.text(it.newAddress())));
            case Notice.EmailSet it ->
                it.oldAddress().stream()
                        .map(address -> new Detail(TextKey.OLD_ADDRESS, Shown.text(address)))
                        .toList();
            case Notice.RecoveryCodeUsed it -> List.of(new Detail(TextKey.CODES_LEFT, Integer.toString(it.left())));
            case Notice.RecoveryCodesLow it -> List.of(new Detail(TextKey.CODES_LEFT, Integer.toString(it.left())));
            case Notice.TwoFactorDisabled it -> List.of();
            case Notice.RecoveryCodesRenewed it -> List.of();
        };
    }

    /** A value that has a line of its own. */
    private record Detail(TextKey key, String value) {

        String render(Texts texts, Markup markup) {
            return texts.render(markup, key, Map.of(key.placeholders().getFirst(), markup.value(value)));
        }
    }

    private static Texts texts(Branding branding, @Nullable String locale) {
        return Stream.of(Languages.of(locale), Languages.of(branding.defaultLocale()))
                .flatMap(Optional::stream)
                .flatMap(language -> branding.texts().texts(language).stream())
                .findFirst()
                .or(() -> branding.texts().texts(Languages.LAST_RESORT))
                .orElseThrow();
    }
}
