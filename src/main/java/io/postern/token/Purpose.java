package io.postern.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a challenge is for (RULES B4). */
@Schema(description = """
                - `sign_in`: after the password was right
                - `step_up`: before a change""")
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
