package io.postern.delivery;

import org.jspecify.annotations.Nullable;

/** A try that failed. Its own message names the provider alone; those of its cause may quote destinations and are not logged. */
public final class NotDelivered extends RuntimeException {

    private final String provider;
    private final boolean refused;

    private NotDelivered(String provider, boolean refused, @Nullable Throwable cause) {
        super("Not delivered by " + provider, cause, false, false);
        this.provider = provider;
        this.refused = refused;
    }

    /** The provider says that this message or destination is not acceptable: no repetition will help. */
    public static NotDelivered refused(String provider, @Nullable Throwable cause) {
        return new NotDelivered(provider, true, cause);
    }

    /** No answer in time, an error of the provider's own, or of its configuration here: another try may help. */
    public static NotDelivered failed(String provider, @Nullable Throwable cause) {
        return new NotDelivered(provider, false, cause);
    }

    public String provider() {
        return provider;
    }

    public boolean isRefused() {
        return refused;
    }
}
