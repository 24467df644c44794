package io.postern.policy;

import java.time.Instant;

/** What a policy asks of a person who has no factor. */
public sealed interface Obligation {

    /** Nothing: a second step is their own choice. */
    record Free() implements Obligation {}

    /** Nothing, for the policy is enforced for other roles than theirs. */
    record OtherRoles() implements Obligation {}

    /** To enroll one, which they may put off until then. */
    record Grace(Instant until) implements Obligation {}

    /** To enroll one before they are let in. */
    record Due() implements Obligation {}
}
