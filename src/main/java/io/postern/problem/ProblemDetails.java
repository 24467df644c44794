package io.postern.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/** The body of a problem (RFC 9457 section 3). */
@Schema(
        name = "Problem",
        description = "RFC 9457 problem details. `code` is stable; further members depend on it.",
        requiredProperties = {"type", "title", "status", "code"},
        properties = {
            @SchemaProperty(
                    name = "errors",
                    type = SchemaType.ARRAY,
                    implementation = FieldError.class,
                    description = "With `malformed_request`: what is wrong with which field"),
            @SchemaProperty(
                    name = "attempts_remaining",
                    type = SchemaType.INTEGER,
                    description = "With `invalid_code`: tries that are left"),
            @SchemaProperty(
                    name = "scopes",
                    type = SchemaType.STRING,
                    description = "With `scope_escalation`: the scopes that the caller lacks, separated by spaces"),
            @SchemaProperty(
                    name = "action",
                    type = SchemaType.STRING,
                    description = "With `verification_required`: the action that the proof must have"),
            @SchemaProperty(
                    name = "acr_values",
                    type = SchemaType.STRING,
                    description = "With `verification_required`: the least level that the proof must have"),
            @SchemaProperty(
                    name = "max_age",
                    type = SchemaType.INTEGER,
                    description = "With `verification_required`: seconds that the proof may be old")
        })
@RegisterForReflection
record ProblemDetails(
        @Schema(description = "`urn:postern:problem:` and the code")
        URI type,

        @Schema(description = "One sentence, the same for each occurrence")
        String title,

        @Schema(description = "The HTTP status") int status,

        @Schema(description = "What happened; never changes its meaning once published")
        String code,

        @JsonAnyGetter @Schema(hidden = true) Map<String, Object> members) {

    static final String MEDIA_TYPE = "application/problem+json";

    static ProblemDetails of(Problem problem) {
        var code = problem.code();
        var type = URI.create("urn:postern:problem:" + code.code());
        return new ProblemDetails(type, code.title(), code.status(), code.code(), problem.members());
    }
}
