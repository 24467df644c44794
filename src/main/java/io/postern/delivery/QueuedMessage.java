package io.postern.delivery;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A message as it lies in Redis, in one text.
 *
 * @param queuedAt by Redis' clock
 * @param tries that have failed; one that nobody answered counts {@value #UNANSWERED}
 */
record QueuedMessage(Instant queuedAt, int tries, UUID id, String sealed) {

    private static final int UNANSWERED = 1_000;

    /** {@code <ms since the epoch> <tries> <id> <Base64>}; the script that queues puts the time in front. */
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}) (\\d{1,6}) ([0-9a-f-]{36}) ([A-Za-z0-9+/=]+)");

    /** What the script that queues is given. */
    static String untimed(UUID id, byte[] sealed) {
        return "0 " + id + " " + Base64.getEncoder().encodeToString(sealed);
    }

    static Optional<QueuedMessage> parse(String text) {
        var parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new QueuedMessage(
                        Instant.ofEpochMilli(Long.parseLong(parts.group(1))),
                        Integer.parseInt(parts.group(2)),
                        UUID.fromString(parts.group(3)),
                        parts.group(4)))
                : Optional.empty();
    }

    byte[] sealedBytes() {
        return Base64.getDecoder().decode(sealed);
    }

    QueuedMessage afterAnotherTry() {
        return new QueuedMessage(queuedAt, tries + 1, id, sealed);
    }

    QueuedMessage afterAnUnansweredTry() {
        return new QueuedMessage(queuedAt, tries + UNANSWERED, id, sealed);
    }

    /** How many tries nobody has answered. */
    int unanswered() {
        return tries / UNANSWERED;
    }

    String text() {
        return queuedAt.toEpochMilli() + " " + tries + " " + id + " " + sealed;
    }

    @Override
    public String toString() {
        return "QueuedMessage[" + id + "]";
    }
}
