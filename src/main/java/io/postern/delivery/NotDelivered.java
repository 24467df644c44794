package io.postern.delivery;

import org.jspecify.annotations.Nullable;

/** A try that failed. Its own message names the provider alone; those of its cause may quote destinations and are not logged. */
public final class NotDelivered extends RuntimeException {

    private final String provider;
    private final Kind kind;
    private final FailureReason reason;

    private NotDelivered(String provider, Kind kind, FailureReason reason, @Nullable Throwable cause) {
        super("Not delivered by " + provider, cause, false, false);
        this.provider = provider;
        this.kind = kind;
        this.reason = reason;
    }

    private enum Kind {
        REFUSED,
        FAILED,
        UNANSWERED
    }

    /** The provider says that this message or destination is not acceptable: no repetition will help. */
    public static NotDelivered refused(String provider, @Nullable Throwable cause) {
        return new NotDelivered(provider, Kind.REFUSED, FailureReason.ANSWER, cause);
    }

    /** Not reached, an error of the provider's own, or of its configuration here: another try may help. */
    public static NotDelivered failed(String provider, @Nullable Throwable cause) {
        return failed(provider, FailureReason.of(cause), cause);
    }

    /** The same, where more is known of it than its type tells. */
    public static NotDelivered failed(String provider, FailureReason reason, @Nullable Throwable cause) {
        return new NotDelivered(provider, Kind.FAILED, reason, cause);
    }

    /** It was called and did not say in time what became of it: another try may help, and may send it twice. */
    public static NotDelivered unanswered(String provider, @Nullable Throwable cause) {
        return new NotDelivered(provider, Kind.UNANSWERED, FailureReason.TIMEOUT, cause);
    }

    public String provider() {
        return provider;
    }

    public FailureReason reason() {
        return reason;
    }

    public boolean isRefused() {
        return kind == Kind.REFUSED;
    }

    public boolean isUnanswered() {
        return kind == Kind.UNANSWERED;
    }
}
