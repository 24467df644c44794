package io.postern.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of a problem (RFC 9457 section 3). */
@Schema(name = "Problem", description = "RFC 9457 problem details; `code` is stable, see docs/problems.md")
@RegisterForReflection
record ProblemDetails(
        @Schema(examples = "urn:postern:problem:invalid_code")
        URI type,

        @Schema(examples = "The code is wrong") String title,
        @Schema(examples = "422") int status,
        @Schema(examples = "invalid_code") String code,

        @JsonAnyGetter @Schema(hidden = true) Map<String, Object> members) {

    static final String MEDIA_TYPE = "application/problem+json";

    static ProblemDetails of(Problem problem) {
        var code = problem.code();
        var type = URI.create("urn:postern:problem:" + code.code());
        return new ProblemDetails(type, code.title(), code.status(), code.code(), problem.members());
    }
}
