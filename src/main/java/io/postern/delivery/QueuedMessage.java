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
 * @param tries that have failed
 * @param unanswered how many of them nobody has answered
 */
record QueuedMessage(Instant queuedAt, int tries, int unanswered, UUID id, String sealed) {

    /** {@code <ms since the epoch> <tries> <unanswered> <id> <Base64>}; the script that queues puts the time in front. */
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,15}) (\\d{1,6}) (\\d{1,6}) ([0-9a-f-]{36}) ([A-Za-z0-9+/=]+)");

    /** What the script that queues is given. */
    static String untimed(UUID id, byte[] sealed) {
        return "0 0 " + id + " " + Base64.getEncoder().encodeToString(sealed);
    }

    static Optional<QueuedMessage> parse(String text) {
        var parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new QueuedMessage(
                        Instant.ofEpochMilli(Long.parseLong(parts.group(1))),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)),
                        UUID.fromString(parts.group(4)),
                        parts.group(5)))
                : Optional.empty();
    }

    byte[] sealedBytes() {
        return Base64.getDecoder().decode(sealed);
    }

    QueuedMessage afterAnotherTry(boolean answered) {
        return new QueuedMessage(queuedAt, tries + 1, answered ? unanswered : unanswered + 1, id, sealed);
    }

    String text() {
        return queuedAt.toEpochMilli() + " " + tries + " " + unanswered + " " + id + " " + sealed;
    }

    @Override
    public String toString() {
        return "QueuedMessage[" + id + "]";
    }
}
