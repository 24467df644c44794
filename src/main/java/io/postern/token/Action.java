package io.postern.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The change that a step-up is the proof for (RULES F1). */
@Schema(description = "A change that needs a proof")
public enum Action {
    @JsonProperty("add_factor")
    ADD_FACTOR,
    @JsonProperty("remove_factor")
    REMOVE_FACTOR,
    @JsonProperty("unlock_factor")
    UNLOCK_FACTOR,
    @JsonProperty("disable")
    DISABLE,
    @JsonProperty("change_email")
    CHANGE_EMAIL,
    @JsonProperty("change_password")
    CHANGE_PASSWORD,
    @JsonProperty("new_recovery_codes")
    NEW_RECOVERY_CODES;

    /** Whether it replaces what was lost, so that a recovery code may stand for any level (RULES F2). */
    boolean replacesLost() {
        return switch (this) {
            case ADD_FACTOR, REMOVE_FACTOR, NEW_RECOVERY_CODES -> true;
            case UNLOCK_FACTOR, DISABLE, CHANGE_EMAIL, CHANGE_PASSWORD -> false;
        };
    }

    /** The value of the claim. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
