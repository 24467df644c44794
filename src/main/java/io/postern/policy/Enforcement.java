package io.postern.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether people may sign in without a second step. */
public enum Enforcement {
    /** Off until the person turns it on. */
    @JsonProperty("optional")
    OPTIONAL,
    /** A person without a factor must enroll one before they are let in. */
    @JsonProperty("required")
    REQUIRED
}
