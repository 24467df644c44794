package io.postern.challenge;

import io.postern.input.Text;
import io.postern.subject.SubjectId;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which factor's code is to be sent. */
@Schema(name = "SendRequest", additionalProperties = Schema.False.class)
public record SendRequest(
        @NotNull
        @Text(max = 64)
        @Schema(
                description = "The id of one of the challenge's factors that codes are sent to",
                minLength = 1,
                maxLength = 64)
        String factor,

        @Text(max = SubjectId.MAX)
        @Schema(
                description = "When given, a challenge of another subject is not found",
                minLength = 1,
                maxLength = SubjectId.MAX)
        @Nullable
        String subject) {}
