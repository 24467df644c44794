package io.postern.enrollment;

/** Headers of the changing calls. */
final class Headers {

    /** The verification token that proves a change (RULES F1). */
    static final String PROOF = "X-Verification-Token";

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private Headers() {}
}
