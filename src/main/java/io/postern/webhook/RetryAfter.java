package io.postern.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} of an endpoint (RFC 9110 section 10.2.3), honoured up to an hour. */
final class RetryAfter {

    static final Duration LONGEST = Duration.ofHours(1);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /** The wait; empty where there is none, or none that can be understood. */
    static Optional<Duration> parse(@Nullable String value, Instant now) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            var wait = SECONDS.matcher(value).matches()
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(now, ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
            return wait.isPositive() ? Optional.of(wait.compareTo(LONGEST) < 0 ? wait : LONGEST) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
