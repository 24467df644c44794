package io.postern.webhook;

import java.util.Locale;

/** A call that brought no answer. Says nothing of where it went. */
final class NotReached extends Exception {

    private final Reason reason;

    /** Why. */
    enum Reason {
        /** The name of the URL has no address. */
        NAME_NOT_FOUND,
        /** An address of the URL is in a network that is not allowed. */
        ADDRESS_NOT_ALLOWED,
        NO_CONNECTION,
        /** The certificate is not trusted, or is another name's. */
        TLS_FAILED,
        TIMED_OUT,
        /** The connection broke, or what came was no HTTP. */
        NO_ANSWER,
        /** A fault here. */
        INTERNAL_ERROR;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    NotReached(Reason reason) {
        super(reason.id(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
