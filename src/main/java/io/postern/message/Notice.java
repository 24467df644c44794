package io.postern.message;

import io.postern.factor.FactorType;
import java.util.Optional;

/** What a person is told of their own security (RULES D3, F5). */
public sealed interface Notice {

    /** The middle part of the keys of its texts. */
    default String id() {
        return switch (this) {
            case FactorAdded notice -> "factor_added";
            case FactorRemoved notice -> "factor_removed";
            case FactorUnlocked notice -> "factor_unlocked";
            case FactorLocked notice -> "factor_locked";
            case FailuresRepeated notice -> "failures_repeated";
            case TwoFactorDisabled notice -> "two_factor_disabled";
            case AllFactorsRemoved notice -> "all_factors_removed";
            case EmailReplaced notice -> "email_replaced";
            case EmailSet notice -> "email_set";
            case SubjectErased notice -> "subject_erased";
            case RecoveryCodesRenewed notice -> "recovery_codes_renewed";
            case RecoveryCodeUsed notice -> "recovery_code_used";
            case RecoveryCodesLow notice -> "recovery_codes_low";
            case ChangeDisowned notice -> "change_disowned";
            case FreezeLifted notice -> "freeze_lifted";
            case DeviceTokenReused notice -> "device_token_reused";
            case DeviceForgotten notice -> "device_forgotten";
            case DevicesForgotten notice -> "devices_forgotten";
            case BypassCodeMade notice -> "bypass_code_made";
            case BypassCodeUsed notice -> "bypass_code_used";
            case PasswordSet notice -> "password_set";
            case ByHelpDesk notice -> notice.change().id();
        };
    }

    /** One that is about a factor. */
    sealed interface OfFactor extends Notice {
        FactorType type();

        /** As the person named it: any text. */
        String label();
    }

    record FactorAdded(FactorType type, String label) implements OfFactor {}

    record FactorRemoved(FactorType type, String label) implements OfFactor {}

    record FactorUnlocked(FactorType type, String label) implements OfFactor {}

    /** After a hundred failures in a row. */
    record FactorLocked(FactorType type, String label) implements OfFactor {}

    /** After five failures in a row: somebody may have the password. */
    record FailuresRepeated(FactorType type, String label) implements OfFactor {}

    record TwoFactorDisabled() implements Notice {}

    /** In a freeze, after which alone two-factor is off: until then nobody signs in. */
    record AllFactorsRemoved() implements Notice {}

    /**
     * For every other address that the person holds or held: the account's own was changed.
     *
     * @param newAddress masked
     */
    record EmailReplaced(String newAddress) implements Notice {}

    /**
     * For the address that is now the account's.
     *
     * @param oldAddress masked; empty where there was none
     */
    record EmailSet(Optional<String> oldAddress) implements Notice {}

    /** The last that the person is told: all that was held of them is gone. */
    record SubjectErased() implements Notice {}

    /** The set before is dead. */
    record RecoveryCodesRenewed() implements Notice {}

    /** @param left codes that are still good */
    record RecoveryCodeUsed(int left) implements Notice {}

    /** @param left codes that are still good */
    record RecoveryCodesLow(int left) implements Notice {}

    /** A change was taken back by a link; nothing can be added until the help desk lifts the freeze. */
    record ChangeDisowned() implements Notice {}

    /** The help desk has lifted the freeze. */
    record FreezeLifted() implements Notice {}

    /**
     * A computer is no longer remembered, because somebody else may have its token (RULES G1).
     *
     * @param device as the person named it: any text
     */
    record DeviceTokenReused(String device) implements Notice {}

    /** @param device the computer that is no longer remembered, as the person named it: any text */
    record DeviceForgotten(String device) implements Notice {}

    /** No computer is remembered any more. */
    record DevicesForgotten() implements Notice {}

    /** The help desk was given a code, good once in the place of a factor (RULES F4). */
    record BypassCodeMade() implements Notice {}

    /** Somebody has signed in with a code of the help desk. */
    record BypassCodeUsed() implements Notice {}

    /** For operators, whose passwords are Postern's own: another one was set. */
    record PasswordSet() implements Notice {}

    /** A change that the help desk has made, and not the person (RULES F4). Has the texts of the change. */
    record ByHelpDesk(Notice change) implements Notice {}
}
