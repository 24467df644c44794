package io.postern.administration;

import io.postern.application.Scope;
import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to change of an API client; what is left out stays as it is. */
@Schema(name = "ApiClientChange", additionalProperties = Schema.False.class)
record ClientChange(
        @Text(max = NewClient.LONGEST_LABEL)
        @Schema(description = "What people call it", minLength = 1, maxLength = NewClient.LONGEST_LABEL)
        @Nullable
        String label,

        @Size(min = 1, message = "must name a scope; delete the client instead")
        @Schema(description = "All that it may do: none in addition that the caller may not", minItems = 1)
        @Nullable
        List<@NotNull Scope> scopes) {}
