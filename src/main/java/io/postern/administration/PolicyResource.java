package io.postern.administration;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.application.Scope;
import io.postern.input.Text;
import io.postern.policy.InvalidPolicy;
import io.postern.policy.Policies;
import io.postern.policy.Policy;
import io.postern.problem.DocumentedProblems;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The policy of the caller's application. */
@Path("/v1/policy")
@RunOnVirtualThread
@RolesAllowed(Scope.ADMIN_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ADMIN_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Policy")
final class PolicyResource {

    private static final String ETAG_MEANS = "The version, for `If-Match`";

    private final PolicyVersions versions;
    private final Policies policies;

    PolicyResource(PolicyVersions versions, Policies policies) {
        this.versions = versions;
        this.policies = policies;
    }

    @GET
    @Operation(
            summary = "Read the policy",
            description = "What holds now for the application's people, what was written, and who wrote it when.",
            operationId = "getPolicy")
    @APIResponse(
            responseCode = "200",
            description = "The policy",
            headers =
                    @Header(
                            name = HttpHeaders.ETAG,
                            description = ETAG_MEANS,
                            schema = @Schema(implementation = String.class)),
            content =
                    @Content(
                            schema = @Schema(implementation = PolicyView.class),
                            examples = @ExampleObject(name = "policy", value = Examples.POLICY)))
    public Response get() {
        return answer(versions.current());
    }

    @PUT
    @Operation(
            summary = "Replace the policy",
            description =
                    "The whole policy as you want it; what is left out has its default. It is judged as a whole, and a refusal"
                            + " names every fault. All copies of the service see it at once. A policy that says the same as"
                            + " the current one makes no version.",
            operationId = "putPolicy",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "version_changed version_required"))
    @APIResponse(
            responseCode = "200",
            description = "The policy as it is now",
            headers =
                    @Header(
                            name = HttpHeaders.ETAG,
                            description = ETAG_MEANS,
                            schema = @Schema(implementation = String.class)),
            content =
                    @Content(
                            schema = @Schema(implementation = PolicyView.class),
                            examples = @ExampleObject(name = "policy", value = Examples.POLICY)))
    public Response put(
            @HeaderParam(IfMatch.HEADER) @Nullable String ifMatch,
            @RequestBody(
                            content =
                                    @Content(
                                            schema = @Schema(implementation = Policy.Written.class),
                                            examples = @ExampleObject(name = "policy", value = Examples.WRITTEN)))
                    @NotNull
                    JsonNode policy) {
        var written = read(policy);
        return answer(versions.replace(written, IfMatch.of(ifMatch)));
    }

    @GET
    @Path("/versions")
    @Operation(
            summary = "List the versions of the policy",
            description = "The newest first, as they were written.",
            operationId = "listPolicyVersions",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "malformed_request"))
    @APIResponse(
            responseCode = "200",
            description = "Some of the versions",
            content =
                    @Content(
                            schema = @Schema(implementation = PolicyView.Versions.class),
                            examples = @ExampleObject(name = "versions", value = Examples.VERSIONS)))
    public PolicyView.Versions versions(
            @QueryParam("limit")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "50"))
                    @Pattern(regexp = Cursor.LIMIT, message = Cursor.LIMIT_MESSAGE)
                    @Nullable
                    String limit,
            @QueryParam("cursor") @Text(max = 128) @Nullable String cursor) {
        return versions.versions(cursor, Cursor.limit(limit));
    }

    private Policy.Written read(JsonNode policy) {
        try {
            return policies.written(policy);
        } catch (InvalidPolicy e) {
            throw e.asProblem("");
        }
    }

    private static Response answer(PolicyView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, IfMatch.tag(view.version()))
                .build();
    }
}
