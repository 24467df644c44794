package io.postern.administration;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.policy.Policy;
import io.postern.problem.FieldError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An application's policy. */
@Schema(
        name = "CurrentPolicy",
        requiredProperties = {"version", "changed_at", "written"})
@RegisterForReflection
record PolicyView(
        @Schema(description = "Counted from 1; also the `ETag`")
        long version,

        @Schema(description = "When this version was written")
        Instant changedAt,

        @Schema(description = "The API client or operator that wrote it; absent where it came with the configuration")
        @Nullable
        String changedBy,

        @Schema(
                description =
                        "What holds: every member, with what was left out at its default. Absent while `errors` are there")
        Policy.@Nullable Written policy,

        @Schema(description = "As it was written", implementation = Policy.Written.class)
        JsonNode written,

        @Schema(
                description =
                        "What is wrong with a policy that was written past this API; until it is mended every call for the"
                                + " application's people is answered with `policy_invalid`")
        @Nullable
        List<FieldError> errors) {

    /** A version that is or was. */
    @Schema(
            name = "PolicyVersion",
            requiredProperties = {"version", "changed_at", "written"})
    @RegisterForReflection
    record Version(
            long version,
            Instant changedAt,

            @Schema(
                    description =
                            "The API client or operator that wrote it; absent where it came with the configuration")
            @Nullable
            String changedBy,

            @Schema(description = "As it was written", implementation = Policy.Written.class)
            JsonNode written) {}

    /** Some of the versions. */
    @Schema(name = "PolicyVersions", requiredProperties = "versions")
    @RegisterForReflection
    record Versions(
            @Schema(description = "The newest first") List<Version> versions,

            @Schema(description = "The `cursor` of what follows; absent at the end") @Nullable
            String next) {}
}
