package io.postern.message;

import io.postern.factor.FactorType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One of the texts that every language has.
 *
 * @param id in the files of texts and in an application's own
 * @param placeholders that may stand in it
 * @param required those of them that must stand in it
 */
public record TextKey(String id, Use use, boolean hasLines, List<String> placeholders, Set<String> required) {

    /** Where a text is used. */
    public enum Use {
        CODE_MAIL,
        CODE_SMS,
        NOTICE,
        PAGE;

        boolean isCodeMessage() {
            return this == CODE_MAIL || this == CODE_SMS;
        }
    }

    private static final List<String> CODE = List.of("application", "purpose", "code", "minutes");
    private static final List<String> NOTICES = List.of(
            "factor_added",
            "factor_removed",
            "factor_unlocked",
            "factor_locked",
            "failures_repeated",
            "two_factor_disabled",
            "all_factors_removed",
            "email_replaced",
            "email_set",
            "subject_erased",
            "recovery_codes_renewed",
            "recovery_code_used",
            "recovery_codes_low",
            "change_disowned",
            "freeze_lifted",
            "device_token_reused",
            "device_forgotten",
            "devices_forgotten",
            "bypass_code_made",
            "bypass_code_used",
            "password_set");
    private static final List<String> FACTORS = List.of("totp", "email", "sms", "recovery_code", "bypass_code");

    static final TextKey MAIL_SUBJECT = line("mail.code.subject", Use.CODE_MAIL, "application");
    static final TextKey MAIL_SUBJECT_WITH_CODE = new TextKey(
            "mail.code.subject_with_code", Use.CODE_MAIL, false, List.of("application", "code"), Set.of("code"));
    static final TextKey MAIL_TEXT =
            new TextKey("mail.code.text", Use.CODE_MAIL, true, CODE, Set.of("purpose", "code"));
    static final TextKey SMS_TEXT = new TextKey("sms.code.text", Use.CODE_SMS, false, CODE, Set.of("purpose", "code"));

    static final TextKey FACTOR = detail("factor", "factor");
    static final TextKey LABEL = detail("label", "label");
    static final TextKey NEW_ADDRESS = detail("new_address", "address");
    static final TextKey OLD_ADDRESS = detail("old_address", "address");
    static final TextKey CODES_LEFT = detail("codes_left", "count");
    static final TextKey DEVICE = detail("device", "device");
    static final TextKey HELP_DESK = detail("help_desk", "application");
    static final TextKey TIME = detail("time", "time");
    static final TextKey IP = detail("ip", "ip");
    /** The end of a notice of a change to an address that may take it back. */
    static final TextKey LINK = new TextKey("link.disown", Use.NOTICE, true, List.of("link"), Set.of("link"));

    private static final Map<String, TextKey> ALL = index(
            Stream.of(MAIL_SUBJECT, MAIL_SUBJECT_WITH_CODE, MAIL_TEXT),
            Occasion.all().stream().map(it -> line("mail.purpose." + it.id(), Use.CODE_MAIL, "application")),
            Stream.of(SMS_TEXT),
            Occasion.all().stream().map(it -> line("sms.purpose." + it.id(), Use.CODE_SMS)),
            NOTICES.stream()
                    .flatMap(id -> Stream.of(
                            line("notice." + id + ".subject", Use.NOTICE, "application"),
                            new TextKey(
                                    "notice." + id + ".text",
                                    Use.NOTICE,
                                    true,
                                    List.of("application", "details"),
                                    Set.of("details")))),
            Stream.of(FACTOR, LABEL, NEW_ADDRESS, OLD_ADDRESS, CODES_LEFT, DEVICE, HELP_DESK, TIME, IP, LINK),
            FACTORS.stream().map(id -> line("factor." + id, Use.NOTICE)),
            Arrays.stream(PageText.values()).map(TextKey::page));

    /** All of them, in the order in which a person reads them. */
    public static List<TextKey> all() {
        return List.copyOf(ALL.values());
    }

    static boolean isKey(String id) {
        return ALL.containsKey(id);
    }

    static TextKey mailPurpose(Occasion occasion) {
        return of("mail.purpose." + occasion.id());
    }

    static TextKey smsPurpose(Occasion occasion) {
        return of("sms.purpose." + occasion.id());
    }

    static TextKey subject(Notice notice) {
        return of("notice." + notice.id() + ".subject");
    }

    static TextKey text(Notice notice) {
        return of("notice." + notice.id() + ".text");
    }

    static TextKey of(PageText text) {
        return of(text.id());
    }

    static TextKey name(FactorType type) {
        return of("factor." + type.id());
    }

    private static TextKey of(String id) {
        var key = ALL.get(id);
        if (key == null) {
            throw new IllegalStateException("No text has the key " + id);
        }
        return key;
    }

    private static TextKey page(PageText text) {
        var placeholders = text.namesApplication() ? List.of("application") : List.<String>of();
        return new TextKey(text.id(), Use.PAGE, true, placeholders, Set.of());
    }

    private static TextKey line(String id, Use use, String... placeholders) {
        return new TextKey(id, use, false, List.of(placeholders), Set.of());
    }

    private static TextKey detail(String id, String placeholder) {
        return new TextKey("detail." + id, Use.NOTICE, false, List.of(placeholder), Set.of(placeholder));
    }

    @SafeVarargs
    private static Map<String, TextKey> index(Stream<TextKey>... groups) {
        var all = new LinkedHashMap<String, TextKey>();
        Stream.of(groups).flatMap(group -> group).forEach(key -> all.put(key.id(), key));
        return all;
    }
}
