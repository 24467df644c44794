package io.postern.event;

import java.util.Map;
import java.util.UUID;

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
            case DeviceRenamed event -> "device_renamed";
            case DevicesForgotten event -> "devices_forgotten";
            case DeviceTokenReused event -> "device_token_reused";
            case WebhookAdded event -> "webhook_added";
            case WebhookChanged event -> "webhook_changed";
            case WebhookRemoved event -> "webhook_removed";
            case WebhookSecretRotated event -> "webhook_secret_rotated";
            case WebhookDisabled event -> "webhook_disabled";
            case SubjectErased event -> "subject_erased";
            case SubjectReadmitted event -> "subject_readmitted";
            case SubjectExported event -> "subject_exported";
            case SubjectLookedUp event -> "subject_looked_up";
            case SubjectReset event -> "subject_reset";
            case BypassCodeRequested event -> "bypass_code_requested";
            case BypassCodeMade event -> "bypass_code_made";
            case ImportBegun event -> "import_begun";
            case PolicyChanged event -> "policy_changed";
            case ApplicationCreated event -> "application_created";
            case ApplicationChanged event -> "application_changed";
            case ApplicationSuspended event -> "application_suspended";
            case ApplicationResumed event -> "application_resumed";
            case ClientCreated event -> "client_created";
            case ClientChanged event -> "client_changed";
            case ClientDeleted event -> "client_deleted";
            case ClientSecretCreated event -> "client_secret_created";
            case ClientSecretDeleted event -> "client_secret_deleted";
            case OperatorInvited event -> "operator_invited";
            case OperatorPasswordSet event -> "operator_password_set";
            case OperatorSignedIn event -> "operator_signed_in";
            case OperatorChanged event -> "operator_changed";
            case OperatorSuspended event -> "operator_suspended";
            case OperatorResumed event -> "operator_resumed";
            case OperatorReset event -> "operator_reset";
            case ChallengeApproved event -> "challenge_approved";
            case CodeRefused event -> "code_refused";
            case FactorLocked event -> "factor_locked";
            case FailuresRepeated event -> "failures_repeated";
            case DeviceRemembered event -> "device_remembered";
            case DeviceReplaced event -> "device_replaced";
            case DeviceUsed event -> "device_used";
            case ChallengeCreated event -> "challenge_created";
            case EnrollmentBegun event -> "enrollment_begun";
            case ActivationRefused event -> "activation_refused";
            case RecoveryCodeUsed event -> "recovery_code_used";
            case CodeSent event -> "code_sent";
            case VerificationDelayed event -> "verification_delayed";
            case VerificationClosed event -> "verification_closed";
            case OperatorRefused event -> "operator_refused";
            case ClientRefused event -> "client_refused";
            case SendingStopped event -> "sending_stopped";
        };
    }

    /** A change; its audit row is written in the transaction of the change. */
    sealed interface Change extends SecurityEvent {

        /** What the audit trail tells beside: names and values of ours, nothing secret and nothing personal. */
        default Map<String, ?> details() {
            return Map.of();
        }
    }

    /** A change of factors, after which no computer is remembered (RULES G2). */
    sealed interface FactorsChanged extends Change {}

    /** A change of an application's webhook. */
    sealed interface WebhookEvent extends Change {
        UUID webhook();

        @Override
        default Map<String, ?> details() {
            return Map.of("webhook", webhook());
        }
    }

    /** A change of an API client; the one that made the change is what it is about. */
    sealed interface ApiClientEvent extends Change {
        String apiClient();

        @Override
        default Map<String, ?> details() {
            return Map.of("api_client", apiClient());
        }
    }

    /** A change of an API client's secrets. */
    sealed interface ApiClientSecretEvent extends ApiClientEvent {
        /** The secret's id, which opens nothing. */
        UUID secretId();

        @Override
        default Map<String, ?> details() {
            return Map.of("api_client", apiClient(), "secret_id", secretId());
        }
    }

    /** A change of an operator, or what one of them did first of all. */
    sealed interface OperatorEvent extends Change {
        UUID operator();

        @Override
        default Map<String, ?> details() {
            return Map.of("operator", operator());
        }
    }

    /** What a verification decided; its audit row is written by the statement that decided (RULES B6). */
    sealed interface Decision extends SecurityEvent {}

    /** Something worth counting that changed nothing and is not audited. */
    sealed interface Occurrence extends SecurityEvent {}

    record FactorActivated(About about) implements FactorsChanged {}

    record FactorRemoved(About about) implements FactorsChanged {}

    record FactorUnlocked(About about) implements Change {}

    record RecoveryCodesRenewed(About about) implements FactorsChanged {}

    record TwoFactorDisabled(About about) implements FactorsChanged {}

    record EmailChanged(About about) implements Change {}

    /** A person took a change back by its link, and all that came after it (RULES F5). */
    record ChangeDisowned(About about) implements FactorsChanged {}

    /** It came with a change that was disowned, or after one; nobody can use it. */
    record FactorSuspended(About about) implements FactorsChanged {}

    /** It was removed by a change that was disowned, or was suspended for nothing. */
    record FactorRestored(About about) implements FactorsChanged {}

    /** Nothing can be added until the help desk lifts it. */
    record SubjectFrozen(About about) implements Change {}

    /** The help desk lifted a freeze. */
    record SubjectUnfrozen(About about) implements Change {}

    /** The help desk gave a computer another name; that its person does so changes nothing that somebody has to find later. */
    record DeviceRenamed(About about, UUID device) implements Change {
        @Override
        public Map<String, ?> details() {
            return Map.of("device", device);
        }
    }

    /** @param number how many computers are no longer remembered */
    record DevicesForgotten(About about, int number) implements Change {
        @Override
        public Map<String, ?> details() {
            return Map.of("devices", number);
        }
    }

    /** A token came again after its successor: somebody may have copied it, and its device is ended (RULES G1). */
    record DeviceTokenReused(About about) implements Change {}

    record WebhookAdded(About about, UUID webhook) implements WebhookEvent {}

    record WebhookChanged(About about, UUID webhook) implements WebhookEvent {}

    record WebhookRemoved(About about, UUID webhook) implements WebhookEvent {}

    record WebhookSecretRotated(About about, UUID webhook) implements WebhookEvent {}

    /**
     * An endpoint was switched off by itself.
     *
     * @param reason {@code gone} or {@code failing}
     */
    record WebhookDisabled(About about, UUID webhook, String reason) implements WebhookEvent {
        @Override
        public Map<String, ?> details() {
            return Map.of("webhook", webhook, "reason", reason);
        }
    }

    /** All that was held of the person is gone but for rows like this one, over a pseudonym (RULES F6, H5). */
    record SubjectErased(About about) implements Change {}

    /** An erased id may be registered again before the tombstone's end. About nobody: the pseudonym is not known any more. */
    record SubjectReadmitted(About about) implements Change {}

    /** Somebody was shown all that is held of the person. It changed nothing, and is audited like a change. */
    record SubjectExported(About about) implements Change {}

    /** The help desk was shown how things stand with a person. It changed nothing, and is audited like a change (RULES F4). */
    record SubjectLookedUp(About about) implements Change {}

    /** The help desk has taken everything away by which a person could pass a second step. */
    record SubjectReset(About about) implements FactorsChanged {}

    /** The help desk asks for a code that somebody else there has to approve. */
    record BypassCodeRequested(About about) implements Change {}

    /**
     * The help desk was given a code for a person.
     *
     * @param minutes how long it is good
     */
    record BypassCodeMade(About about, int minutes) implements Change {
        @Override
        public Map<String, ?> details() {
            return Map.of("minutes", minutes);
        }
    }

    /** Its lines have rows of their own, {@code factor_imported}, written by the statement that stores the factors. */
    record ImportBegun(About about) implements Change {}

    /** @param version the new one */
    record PolicyChanged(About about, long version) implements Change {
        @Override
        public Map<String, ?> details() {
            return Map.of("version", version);
        }
    }

    record ApplicationCreated(About about) implements Change {}

    record ApplicationChanged(About about) implements Change {}

    record ApplicationSuspended(About about) implements Change {}

    record ApplicationResumed(About about) implements Change {}

    record ClientCreated(About about, String apiClient) implements ApiClientEvent {}

    record ClientChanged(About about, String apiClient) implements ApiClientEvent {}

    record ClientDeleted(About about, String apiClient) implements ApiClientEvent {}

    record ClientSecretCreated(About about, String apiClient, UUID secretId) implements ApiClientSecretEvent {}

    record ClientSecretDeleted(About about, String apiClient, UUID secretId) implements ApiClientSecretEvent {}

    /** @param role {@code viewer}, {@code support} or {@code admin} */
    record OperatorInvited(About about, UUID operator, String role) implements OperatorEvent {
        @Override
        public Map<String, ?> details() {
            return Map.of("operator", operator, "role", role);
        }
    }

    record OperatorPasswordSet(About about, UUID operator) implements OperatorEvent {}

    record OperatorSignedIn(About about, UUID operator) implements OperatorEvent {}

    /** @param role the new one */
    record OperatorChanged(About about, UUID operator, String role) implements OperatorEvent {
        @Override
        public Map<String, ?> details() {
            return Map.of("operator", operator, "role", role);
        }
    }

    record OperatorSuspended(About about, UUID operator) implements OperatorEvent {}

    record OperatorResumed(About about, UUID operator) implements OperatorEvent {}

    /** The operator's factors are gone, and the password. */
    record OperatorReset(About about, UUID operator) implements OperatorEvent {}

    record ChallengeApproved(About about) implements Decision {}

    record CodeRefused(About about) implements Decision {}

    /** The hundredth failure in a row (RULES D3). */
    record FactorLocked(About about) implements Decision {}

    /** Five or more failures in a row, at most once a day: somebody may have the password (RULES D3). */
    record FailuresRepeated(About about) implements Decision {}

    record DeviceRemembered(About about) implements Decision {}

    /** The oldest of ten has left for a new one. */
    record DeviceReplaced(About about) implements Decision {}

    /** A remembered computer took the place of the second step. */
    record DeviceUsed(About about) implements Decision {}

    record ChallengeCreated(About about) implements Occurrence {}

    record EnrollmentBegun(About about) implements Occurrence {}

    record ActivationRefused(About about) implements Occurrence {}

    /** @param left codes of the set that are still good */
    record RecoveryCodeUsed(About about, int left) implements Occurrence {}

    record CodeSent(About about) implements Occurrence {}

    record VerificationDelayed(About about) implements Occurrence {}

    record VerificationClosed(About about) implements Occurrence {}

    /** Name and password of an operator, or a one-time secret, were wrong. */
    record OperatorRefused(About about) implements Occurrence {}

    record ClientRefused(About about) implements Occurrence {}

    /**
     * Too few of the codes that went to unproven numbers came back, so that none goes there for an hour (RULES E2). Said
     * once for each such hour.
     *
     * @param region ISO 3166-1 alpha-2, such as {@code US}
     */
    record SendingStopped(About about, String region) implements Occurrence {}
}
