package io.postern.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a challenge is for (RULES B4). */
public enum Purpose {
    @JsonProperty("sign_in")
    SIGN_IN,
    @JsonProperty("step_up")
    STEP_UP;

    /** The value of the claim. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
