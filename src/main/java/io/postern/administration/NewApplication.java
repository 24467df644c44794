package io.postern.administration;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.input.Text;
import io.postern.policy.Policy;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An application to be made. */
@Schema(name = "NewApplication", additionalProperties = Schema.False.class)
record NewApplication(
        @NotNull
        @Pattern(regexp = ID, message = "must be 1 to 64 of a-z 0-9 . _ -")
        @Schema(description = "1 to 64 of `a-z 0-9 . _ -`, the audience of its verification tokens; never changes")
        String id,

        @NotNull
        @Text(max = LONGEST_NAME)
        @Schema(
                description = "As people read it, also in their authenticator apps",
                minLength = 1,
                maxLength = LONGEST_NAME)
        String name,

        @Size(max = MOST_ADDRESSES)
        @Schema(
                description =
                        "Where hosted pages may send a browser back to: `https`, or `http` to this very machine; no wildcards",
                maxItems = MOST_ADDRESSES)
        @Nullable
        List<@NotNull @ReturnAddress String> returnAddresses,

        @Schema(description = "Its policy; all defaults where left out", implementation = Policy.Written.class)
        @Nullable
        JsonNode policy) {

    static final String ID = "[a-z0-9._-]{1,64}";
    static final int LONGEST_NAME = 128;
    static final int MOST_ADDRESSES = 20;
}
