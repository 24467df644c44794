package io.postern.importing;

import io.postern.event.Errand;
import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What begins an import. */
@Schema(name = "NewImport", additionalProperties = Schema.False.class)
record NewImport(
        @Text(max = Errand.MOST_ACTOR)
        @Schema(
                description =
                        "Who imports, by their id in the calling product. An API client must say it; of an operator it is"
                                + " known, and set aside",
                minLength = 1,
                maxLength = 128)
        @Nullable
        String actor,

        @NotNull
        @Text(max = Errand.MOST_REASON)
        @Size(min = Errand.LEAST_REASON, message = "must be at least {min} characters")
        @Schema(description = "Why; kept in the audit trail", minLength = 3, maxLength = 500)
        String reason,

        @Schema(description = "Tell each person of each factor by mail; nobody is told where it is left out") @Nullable
        Boolean tellPeople) {

    boolean tellsPeople() {
        return Boolean.TRUE.equals(tellPeople);
    }
}
