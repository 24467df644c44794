package io.postern.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether people may sign in without a second step. */
public enum Enforcement {
    /** Off until the person turns it on. */
    @JsonProperty("optional")
    OPTIONAL,
    /** A person without a factor must enroll one before they are let in. */
    @JsonProperty("required")
    REQUIRED,
    /** Required from a date on; until then a person is asked to enroll and may skip it. */
    @JsonProperty("required_from")
    REQUIRED_FROM
}
