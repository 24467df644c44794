package io.postern.message;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All texts of one language, complete and checked. */
final class Texts {

    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_TEXT = 2_000;
    private static final Pattern LINK = Pattern.compile("https?://|www\\.", Pattern.CASE_INSENSITIVE);

    private final String language;
    private final Map<String, Template> byKey = new HashMap<>();

    /**
     * @param language the primary subtag of BCP 47
     * @throws IllegalArgumentException naming the language and the first key that is missing, unknown or has a text that breaks a
     *     rule
     */
    Texts(String language, Map<String, String> texts) {
        this.language = language;
        for (var id : texts.keySet()) {
            if (!TextKey.isKey(id)) {
                throw refusal(id, "is no key of a text");
            }
        }
        for (var key : TextKey.all()) {
            byKey.put(key.id(), read(key, texts.get(key.id())));
        }
        for (var occasion : Occasion.all()) {
            requireOneSegment(occasion);
        }
    }

    String language() {
        return language;
    }

    /** The text with values that have the markup's form already. */
    String render(Markup markup, TextKey key, Map<String, String> values) {
        return template(key).render(markup::literal, values);
    }

    /** The text of a code by SMS. */
    SmsText sms(CodeMessage message) {
        return new SmsText(
                template(TextKey.SMS_TEXT),
                purpose(message.occasion()),
                message.code(),
                message.minutes(),
                message.host());
    }

    private String purpose(Occasion occasion) {
        return render(Markup.PLAIN, TextKey.smsPurpose(occasion), Map.of());
    }

    private Template template(TextKey key) {
        var template = byKey.get(key.id());
        if (template == null) {
            throw new IllegalStateException("No text " + key.id());
        }
        return template;
    }

    private Template read(TextKey key, @Nullable String text) {
        if (text == null) {
            throw refusal(key.id(), "is missing");
        }
        requireForm(key, text);
        var template = parse(key, text);
        requirePlaceholders(key, template.placeholders());
        return template;
    }

    private Template parse(TextKey key, String text) {
        try {
            return Template.parse(text);
        } catch (IllegalArgumentException e) {
            throw refusal(key.id(), e.getMessage());
        }
    }

    private void requirePlaceholders(TextKey key, List<String> placeholders) {
        for (var name : placeholders) {
            if (!key.placeholders().contains(name)) {
                throw refusal(key.id(), "has the unknown placeholder {" + name + "}");
            }
        }
        for (var name : key.placeholders()) {
            if (key.required().contains(name) && Collections.frequency(placeholders, name) != 1) {
                throw refusal(key.id(), "must have {" + name + "} once");
            }
        }
    }

    private void requireForm(TextKey key, String text) {
        int longest = key.hasLines() ? LONGEST_TEXT : LONGEST_LINE;
        if (text.isBlank() || text.length() > longest) {
            throw refusal(key.id(), "must have 1 to " + longest + " characters");
        }
        if (text.codePoints().anyMatch(it -> Shown.isForbidden(it) && !(key.hasLines() && it == '\n'))) {
            throw refusal(
                    key.id(),
                    key.hasLines() ? "has a control character other than a line feed" : "has a control character");
        }
        if (key.use().isCodeMessage() && LINK.matcher(text).find()) {
            throw refusal(key.id(), "has a link; messages with codes have none");
        }
        if (key.use() == TextKey.Use.CODE_SMS) {
            text.codePoints()
                    .filter(it -> !GsmAlphabet.has(it) && it != '{' && it != '}')
                    .findFirst()
                    .ifPresent(it -> {
                        throw refusal(
                                key.id(),
                                "has " + Character.toString(it) + ", which is not in the GSM 7-bit alphabet of SMS");
                    });
        }
    }

    /** Whatever the code, the host and the name. */
    private void requireOneSegment(Occasion occasion) {
        var longest = new SmsText(
                template(TextKey.SMS_TEXT),
                purpose(occasion),
                "0".repeat(CodeMessage.LONGEST_CODE),
                CodeMessage.MOST_MINUTES,
                "h".repeat(CodeMessage.LONGEST_HOST));
        if (Sms.segments(longest.with("n".repeat(SmsText.SHORTEST_NAME))) > 1) {
            throw refusal(
                    TextKey.SMS_TEXT.id(),
                    "is too long for one SMS with "
                            + TextKey.smsPurpose(occasion).id()
                            + " and a code of 8 digits, a host of 40 characters and 10 of the application's name");
        }
    }

    private IllegalArgumentException refusal(String key, @Nullable String reason) {
        return new IllegalArgumentException("texts." + language + "." + key + " " + reason);
    }
}
