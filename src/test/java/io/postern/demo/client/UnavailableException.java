package io.postern.demo.client;

/**
 * Postern gave no usable answer: it could not be reached, did not answer in time, said that it cannot serve now, or said
 * something that is no part of its contract. It is never a "no" and never a "yes": what was asked may or may not have
 * happened, so a caller lets nobody in and asks the person to try again.
 */
public final class UnavailableException extends RuntimeException {
    public UnavailableException(String what) {
        super(what);
    }

    public UnavailableException(String what, Throwable cause) {
        super(what, cause);
    }
}
