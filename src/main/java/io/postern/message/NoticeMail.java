package io.postern.message;

import io.postern.delivery.Content;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mail of a notice. What is known in particular stands in lines of its own, since it fits no sentence of every language. */
final class NoticeMail {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Texts texts;
    private final NoticeMessage message;
    private final String name;

    NoticeMail(Texts texts, NoticeMessage message) {
        this.texts = texts;
        this.message = message;
        this.name = message.branding().shownName();
    }

    /** A line with a value. */
    private record Detail(TextKey key, String value) {}

    Content content() {
        var subject = texts.render(Markup.PLAIN, TextKey.subject(message.notice()), Map.of("application", name));
        return new Content(
                subject, body(Markup.PLAIN) + "\n", Markup.page(texts.language(), subject, body(Markup.HTML)));
    }

    /** What is known in particular, in plain text. */
    List<String> lines() {
        return details().map(detail -> line(Markup.PLAIN, detail)).toList();
    }

    private String body(Markup markup) {
        var details = details().map(detail -> line(markup, detail)).collect(Collectors.joining("\n"));
        var text = texts.render(
                markup, TextKey.text(message.notice()), Map.of("application", markup.value(name), "details", details));
        var link = message.link();
        return link == null
                ? text
                : text + "\n\n" + texts.render(markup, TextKey.LINK, Map.of("link", markup.link(link.toString())));
    }

    private Stream<Detail> details() {
        return Stream.of(of(message.notice()), ofTheTime(), ofTheSource()).flatMap(List::stream);
    }

    private String line(Markup markup, Detail detail) {
        var key = detail.key();
        return texts.render(markup, key, Map.of(key.placeholders().getFirst(), markup.value(detail.value())));
    }

    private List<Detail> of(Notice shown) {
        return switch (shown) {
            case Notice.OfFactor notice -> ofTheFactor(notice);
            case Notice.EmailReplaced notice -> List.of(address(TextKey.NEW_ADDRESS, notice.newAddress()));
            case Notice.EmailSet notice ->
                notice.oldAddress().stream()
                        .map(address -> address(TextKey.OLD_ADDRESS, address))
                        .toList();
            case Notice.RecoveryCodeUsed notice -> List.of(codesLeft(notice.left()));
            case Notice.RecoveryCodesLow notice -> List.of(codesLeft(notice.left()));
            case Notice.DeviceTokenReused notice -> List.of(device(notice.device()));
            case Notice.DeviceForgotten notice -> List.of(device(notice.device()));
            case Notice.TwoFactorDisabled notice -> List.of();
            case Notice.AllFactorsRemoved notice -> List.of();
            case Notice.SubjectErased notice -> List.of();
            case Notice.RecoveryCodesRenewed notice -> List.of();
            case Notice.DevicesForgotten notice -> List.of();
            case Notice.BypassCodeMade notice -> List.of();
            case Notice.BypassCodeUsed notice -> List.of();
            case Notice.PasswordSet notice -> List.of();
            case Notice.ByHelpDesk notice ->
                Stream.of(of(notice.change()), List.of(new Detail(TextKey.HELP_DESK, name)))
                        .flatMap(List::stream)
                        .toList();
            case Notice.ChangeDisowned notice -> List.of();
            case Notice.FreezeLifted notice -> List.of();
        };
    }

    private List<Detail> ofTheFactor(Notice.OfFactor notice) {
        var type = new Detail(TextKey.FACTOR, texts.render(Markup.PLAIN, TextKey.name(notice.type()), Map.of()));
        // A label that nobody has chosen only repeats the type.
        return notice.label().equals(notice.type().label())
                ? List.of(type)
                : List.of(type, new Detail(TextKey.LABEL, Shown.text(notice.label())));
    }

    private List<Detail> ofTheTime() {
        return List.of(new Detail(TextKey.TIME, TIME.format(message.time())));
    }

    private List<Detail> ofTheSource() {
        var ip = message.ip();
        return ip == null ? List.of() : List.of(new Detail(TextKey.IP, Shown.name(ip)));
    }

    private static Detail address(TextKey key, String masked) {
        return new Detail(key, Shown.text(masked));
    }

    private static Detail device(String name) {
        return new Detail(TextKey.DEVICE, Shown.text(name));
    }

    private static Detail codesLeft(int left) {
        return new Detail(TextKey.CODES_LEFT, Integer.toString(left));
    }
}
