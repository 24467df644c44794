package io.postern.challenge;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a factor is shown but cannot be used (RULES B2); of several reasons the first. */
@Schema(name = "Obstacle", description = """
                - `unreadable`: its secret cannot be read
                - `locked`: too many failures in a row
                - `not_allowed`: the policy does not allow its type, or its region
                - `below_level`: its level is below the least level of this challenge
                - `used_up`: no recovery code is left""")
enum Obstacle {
    @JsonProperty("unreadable")
    UNREADABLE,
    @JsonProperty("locked")
    LOCKED,
    @JsonProperty("not_allowed")
    NOT_ALLOWED,
    @JsonProperty("below_level")
    BELOW_LEVEL,
    @JsonProperty("used_up")
    USED_UP
}
