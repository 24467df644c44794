package io.postern.sending;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The leave to send one message, counted wherever it counts.
 *
 * @param holds what was counted, to be given back if the message is not sent after all
 * @param resendAfter the earliest time for the next message of this factor, by the clock of Redis
 */
public record Reservation(List<Hold> holds, Instant resendAfter) {

    static final Reservation NONE = new Reservation(List.of(), Instant.EPOCH);

    public Reservation {
        holds = List.copyOf(holds);
    }

    /** A member that this very reservation, and no other, has added to a sorted set. */
    public record Hold(String key, String member) {}

    Reservation with(Hold hold, Instant next) {
        var more = Stream.concat(holds.stream(), Stream.of(hold)).toList();
        return new Reservation(more, next.isAfter(resendAfter) ? next : resendAfter);
    }

    Reservation with(Hold hold) {
        return with(hold, resendAfter);
    }
}
