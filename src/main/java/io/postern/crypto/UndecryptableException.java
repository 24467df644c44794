package io.postern.crypto;

/** A sealed secret cannot be opened: its key is gone, or it was changed or moved. Never to be read as a wrong code. */
public final class UndecryptableException extends RuntimeException {

    UndecryptableException(String message) {
        super(message);
    }
}
