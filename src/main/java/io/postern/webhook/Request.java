package io.postern.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One call of an endpoint (Standard Webhooks 1.0).
 *
 * @param signatures of the secrets that sign now, separated by spaces
 */
record Request(UUID message, Instant at, String signatures, String body) {

    /** Tells no signature. */
    @Override
    public String toString() {
        return "Request[" + message + "]";
    }

    /**
     * What the endpoint said.
     *
     * @param retryAfter what it wishes, if it does
     */
    record Answer(int status, Optional<Duration> retryAfter) {

        private static final int GONE = 410;

        boolean isTaken() {
            return status >= 200 && status < 300;
        }

        /** The receiver wants nothing any more. */
        boolean isGone() {
            return status == GONE;
        }
    }
}
