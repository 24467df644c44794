package io.postern.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What endpoints are told of. A name never changes once it is published; {@code docs/webhooks.md} lists them. */
@Schema(
        name = "WebhookEventType",
        enumeration = {
            "factor_activated",
            "factor_removed",
            "factor_unlocked",
            "recovery_codes_renewed",
            "two_factor_disabled",
            "email_changed",
            "change_disowned",
            "subject_unfrozen",
            "challenge_approved",
            "factor_locked",
            "failures_repeated",
            "device_token_reused",
            "bypass_code_made",
            "webhook_disabled",
            "ping"
        },
        description = """
        - `factor_activated`, `factor_removed`, `factor_unlocked`, `recovery_codes_renewed`, `two_factor_disabled`,
          `email_changed`: a change that was made
        - `change_disowned`: a person said that a change was not theirs; it and all later ones were taken back, and nothing can be
          added
        - `subject_unfrozen`: the help desk has looked into it, and factors can be added again
        - `challenge_approved`: a challenge was passed
        - `factor_locked`: a hundred wrong codes in a row have locked a factor
        - `failures_repeated`: five or more wrong codes in a row, told once a day
        - `device_token_reused`: the token of a remembered computer came again after its successor; somebody may have copied it
        - `bypass_code_made`: the help desk was given a code, good once in the place of a factor
        - `webhook_disabled`: another endpoint of the application was switched off by itself
        - `ping`: asked for, to try an endpoint""")
enum EventType {
    FACTOR_ACTIVATED,
    FACTOR_REMOVED,
    FACTOR_UNLOCKED,
    RECOVERY_CODES_RENEWED,
    TWO_FACTOR_DISABLED,
    EMAIL_CHANGED,
    CHANGE_DISOWNED,
    SUBJECT_UNFROZEN,
    CHALLENGE_APPROVED,
    FACTOR_LOCKED,
    FAILURES_REPEATED,
    DEVICE_TOKEN_REUSED,
    BYPASS_CODE_MADE,
    WEBHOOK_DISABLED,
    PING;

    /** The name in the API, in the store and in the audit trail. */
    @JsonValue
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of an {@link #id}; empty for an event that no endpoint is told of. */
    static Optional<EventType> find(String id) {
        return Arrays.stream(values()).filter(type -> type.id().equals(id)).findFirst();
    }

    /**
     * The type of an {@link #id}.
     *
     * @throws IllegalArgumentException when there is no such type
     */
    @JsonCreator
    static EventType of(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("unknown event type"));
    }
}
