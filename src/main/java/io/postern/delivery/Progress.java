package io.postern.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far a message is, as its {@link Receipt} tells it.
 *
 * @param queuedAt of the message; two of one receipt never have the same
 * @param handover when it was sent, and how long that took; empty before
 */
public record Progress(Instant queuedAt, DeliveryState state, Optional<Handover> handover) {

    /**
     * That the mail server or the SMS provider has taken a message.
     *
     * @param at by the clock of the copy that sent it
     * @param took of the try that succeeded, alone
     */
    public record Handover(Instant at, Duration took) {}

    /** {@code <ms since the epoch when queued> <state>}, and once it is sent {@code <ms since the epoch> <ms that it took>}. */
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,15}) (queued|retrying|sent|failed)(?: (\\d{1,15}) (\\d{1,15}))?");

    static Progress of(Instant queuedAt, DeliveryState state) {
        return new Progress(queuedAt, state, Optional.empty());
    }

    static Progress sent(Instant queuedAt, Instant at, Duration took) {
        return new Progress(queuedAt, DeliveryState.SENT, Optional.of(new Handover(at, took)));
    }

    /**
     * Reads what a receipt holds.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Progress parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("No progress of a message: " + text);
        }
        var handover = Optional.ofNullable(parts.group(3))
                .map(at -> new Handover(instant(at), Duration.ofMillis(Long.parseLong(parts.group(4)))));
        var state = DeliveryState.valueOf(parts.group(2).toUpperCase(Locale.ROOT));
        return new Progress(instant(parts.group(1)), state, handover);
    }

    /** What follows the time when it was queued. */
    String told() {
        return state.id()
                + handover.map(taken -> " " + taken.at().toEpochMilli() + " "
                                + taken.took().toMillis())
                        .orElse("");
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
