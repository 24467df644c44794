package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and spans as a person reads them. Always with their zone, since the server does not know the reader's. */
public final class Words {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Words() {}

    static String date(Instant time) {
        return DATE.format(time);
    }

    static Html day(Instant time) {
        return Html.of("<time datetime=\"{}\">{}</time>", time, DAY.format(time));
    }

    /** The day, and the time to the second. */
    static Html second(Instant time) {
        return Html.of("<time datetime=\"{}\">{}</time>", time, SECOND.format(time));
    }

    /** To the second. */
    static Html moment(Instant time) {
        return Html.of("<time datetime=\"{}\">{}</time>", time, MOMENT.format(time));
    }

    /** To the second, inside a sentence. */
    public static String clock(Instant time) {
        return MOMENT.format(time);
    }

    static Html hour(Instant time) {
        return Html.of("<time datetime=\"{}\">{}</time>", time, HOUR.format(time));
    }

    /** Rounded up, so that whoever waits this long has waited long enough. */
    public static String span(Duration span) {
        long seconds = Math.max(1, span.toSeconds());
        if (seconds < 60) {
            return count(seconds, "second");
        }
        long minutes = Math.ceilDiv(seconds, 60);
        return minutes < 60 ? count(minutes, "minute") : count(Math.ceilDiv(minutes, 60), "hour");
    }

    /** As people say it of a clock: in seconds up to a minute and a half, else to the half minute. */
    public static String about(Duration span) {
        if (span.toSeconds() <= 90) {
            return count(span.toSeconds(), "second");
        }
        String whole = Long.toString(span.toMinutes());
        return whole + (span.toSecondsPart() >= 30 ? "½" : "") + " minutes";
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
