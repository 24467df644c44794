package io.postern.demo.web;

/** A request that is answered with a status and one sentence for the person, and nothing else. */
public final class RefusedException extends RuntimeException {
    private final int status;

    public RefusedException(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
