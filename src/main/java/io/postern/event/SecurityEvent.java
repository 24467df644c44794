package io.postern.event;

/** Something that happened to somebody's security: one typed value, fired once. */
public sealed interface SecurityEvent {

    About about();

    /** The name in the audit trail and in metrics. */
    default String type() {
        return switch (this) {
            case FactorActivated event -> "factor_activated";
            case FactorRemoved event -> "factor_removed";
            case FactorUnlocked event -> "factor_unlocked";
            case RecoveryCodesRenewed event -> "recovery_codes_renewed";
            case TwoFactorDisabled event -> "two_factor_disabled";
            case EmailChanged event -> "email_changed";
            case ChangeDisowned event -> "change_disowned";
            case FactorSuspended event -> "factor_suspended";
            case FactorRestored event -> "factor_restored";
            case SubjectFrozen event -> "subject_frozen";
            case SubjectUnfrozen event -> "subject_unfrozen";
            case ChallengeApproved event -> "challenge_approved";
            case CodeRefused event -> "code_refused";
            case FactorLocked event -> "factor_locked";
            case FailuresRepeated event -> "failures_repeated";
            case ChallengeCreated event -> "challenge_created";
            case EnrollmentBegun event -> "enrollment_begun";
            case ActivationRefused event -> "activation_refused";
            case RecoveryCodeUsed event -> "recovery_code_used";
            case CodeSent event -> "code_sent";
            case VerificationDelayed event -> "verification_delayed";
            case VerificationClosed event -> "verification_closed";
            case ClientRefused event -> "client_refused";
            case SendingStopped event -> "sending_stopped";
        };
    }

    /** A change; its audit row is written in the transaction of the change. */
    sealed interface Change extends SecurityEvent {}

    /** What a verification decided; its audit row is written by the statement that decided (RULES B6). */
    sealed interface Decision extends SecurityEvent {}

    /** Something worth counting that changed nothing and is not audited. */
    sealed interface Occurrence extends SecurityEvent {}

    record FactorActivated(About about) implements Change {}

    record FactorRemoved(About about) implements Change {}

    record FactorUnlocked(About about) implements Change {}

    record RecoveryCodesRenewed(About about) implements Change {}

    record TwoFactorDisabled(About about) implements Change {}

    record EmailChanged(About about) implements Change {}

    /** A person took a change back by its link, and all that came after it (RULES F5). */
    record ChangeDisowned(About about) implements Change {}

    /** It came with a change that was disowned, or after one; nobody can use it. */
    record FactorSuspended(About about) implements Change {}

    /** It was removed by a change that was disowned, or was suspended for nothing. */
    record FactorRestored(About about) implements Change {}

    /** Nothing can be added until the help desk lifts it. */
    record SubjectFrozen(About about) implements Change {}

    /**
     * The help desk lifted a freeze.
     *
     * @param actor the operator
     * @param reason in the operator's words, for the audit trail alone
     */
    record SubjectUnfrozen(About about, String actor, String reason) implements Change {}

    record ChallengeApproved(About about) implements Decision {}

    record CodeRefused(About about) implements Decision {}

    /** The hundredth failure in a row (RULES D3). */
    record FactorLocked(About about) implements Decision {}

    /** Five or more failures in a row, at most once a day: somebody may have the password (RULES D3). */
    record FailuresRepeated(About about) implements Decision {}

    record ChallengeCreated(About about) implements Occurrence {}

    record EnrollmentBegun(About about) implements Occurrence {}

    record ActivationRefused(About about) implements Occurrence {}

    /** @param left codes of the set that are still good */
    record RecoveryCodeUsed(About about, int left) implements Occurrence {}

    record CodeSent(About about) implements Occurrence {}

    record VerificationDelayed(About about) implements Occurrence {}

    record VerificationClosed(About about) implements Occurrence {}

    record ClientRefused(About about) implements Occurrence {}

    /**
     * Too few of the codes that went to unproven numbers came back, so that none goes there for an hour (RULES E2). Said
     * once for each such hour.
     *
     * @param region ISO 3166-1 alpha-2, such as {@code US}
     */
    record SendingStopped(About about, String region) implements Occurrence {}
}
