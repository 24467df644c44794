package io.postern.administration;

import io.postern.application.Scope;
import io.postern.input.Text;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An API client to be made. */
@Schema(name = "NewApiClient", additionalProperties = Schema.False.class)
record NewClient(
        @NotNull
        @Text(max = LONGEST_LABEL)
        @Schema(description = "What people call it", minLength = 1, maxLength = LONGEST_LABEL)
        String label,

        @NotEmpty @Schema(description = "What it may do: none that the caller may not", minItems = 1)
        List<@NotNull Scope> scopes) {

    static final int LONGEST_LABEL = 64;
}
