package io.postern.challenge;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a decision rests on. */
@Schema(name = "DecisionReason", description = """
                - `two_factor_off`: no factor is stored for the person
                - `two_factor_on`: a factor is stored, whether it can be used now or not
                - `enforcement_optional`: the policy leaves it to the person
                - `other_roles`: the policy requires a second step of other roles than the person's
                - `roles_unknown`: the policy names roles and the caller did not, so that the person counts as one of them
                - `grace_period`: the policy will require a second step, and does not yet
                - `enforced`: the policy requires a second step
                - `level_asked`: the caller asked for a higher level than the policy
                - `level_of_policy`: the policy asks for a higher level than the caller
                - `level_of_factors`: the policy asks for more than the person has, which does not hinder them from adding a factor
                - `no_factor_available`: none of the factors can be used now
                - `change_disowned`: the person took changes back, and no factor is left; the help desk decides
                - `device_remembered`: the computer of the `device_token` is remembered
                - `device_unknown`: the `device_token` opens nothing, or no longer
                - `device_token_reused`: the `device_token` was used up before; a creation would end the computer's being remembered
                - `device_set_aside`: a remembered computer will not do here, by the purpose, the level, the policy or the person's choice""")
enum Reason {
    @JsonProperty("two_factor_off")
    TWO_FACTOR_OFF,
    @JsonProperty("two_factor_on")
    TWO_FACTOR_ON,
    @JsonProperty("enforcement_optional")
    ENFORCEMENT_OPTIONAL,
    @JsonProperty("other_roles")
    OTHER_ROLES,
    @JsonProperty("roles_unknown")
    ROLES_UNKNOWN,
    @JsonProperty("grace_period")
    GRACE_PERIOD,
    @JsonProperty("enforced")
    ENFORCED,
    @JsonProperty("level_asked")
    LEVEL_ASKED,
    @JsonProperty("level_of_policy")
    LEVEL_OF_POLICY,
    @JsonProperty("level_of_factors")
    LEVEL_OF_FACTORS,
    @JsonProperty("no_factor_available")
    NO_FACTOR_AVAILABLE,
    @JsonProperty("change_disowned")
    CHANGE_DISOWNED,
    @JsonProperty("device_remembered")
    DEVICE_REMEMBERED,
    @JsonProperty("device_unknown")
    DEVICE_UNKNOWN,
    @JsonProperty("device_token_reused")
    DEVICE_TOKEN_REUSED,
    @JsonProperty("device_set_aside")
    DEVICE_SET_ASIDE
}
