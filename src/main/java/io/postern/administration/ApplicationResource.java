package io.postern.administration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.postern.access.Caller;
import io.postern.application.Scope;
import io.postern.crypto.KeyedHash;
import io.postern.idempotency.Idempotency;
import io.postern.input.IdempotencyKey;
import io.postern.input.Text;
import io.postern.policy.InvalidPolicy;
import io.postern.policy.Policies;
import io.postern.policy.Policy;
import io.postern.problem.DocumentedProblems;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Applications: make, read, change, suspend and resume them. */
@Path("/v1/applications")
@RunOnVirtualThread
@RolesAllowed(Scope.ADMIN_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ADMIN_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Applications")
final class ApplicationResource {

    private final ApplicationCare care;
    private final Policies policies;
    private final Idempotency idempotency;
    private final KeyedHash hash;
    private final Caller caller;

    ApplicationResource(
            ApplicationCare care, Policies policies, Idempotency idempotency, KeyedHash hash, Caller caller) {
        this.care = care;
        this.policies = policies;
        this.idempotency = idempotency;
        this.hash = hash;
        this.caller = caller;
    }

    @POST
    @Operation(
            summary = "Make an application",
            description =
                    "For clients of `postern-console`. The application has no clients yet; its policy is what is given, with"
                            + " defaults for what is left out.",
            operationId = "createApplication",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "console_only application_exists"))
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content =
                    @Content(
                            schema = @Schema(implementation = ApplicationView.class),
                            examples = @ExampleObject(name = "made", value = Examples.APPLICATION)))
    public Response create(
            @HeaderParam("Idempotency-Key") @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "shop", value = Examples.NEW_APPLICATION)))
                    @NotNull
                    @Valid
                    NewApplication wanted) {
        var policy = policy(wanted.policy());
        var slot = hash.tag("administration", caller.home());
        var view = idempotency.once(
                new Idempotency.Call(slot, caller.client(), "POST applications", key, wanted),
                () -> new Idempotency.Made<>(Optional.of(wanted.id()), care.create(wanted, policy)),
                care::get);
        return Response.status(201).entity(view).build();
    }

    @GET
    @Operation(
            summary = "List applications",
            description = "All of them for clients of `postern-console`, the own one for others.",
            operationId = "listApplications",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "malformed_request"))
    @APIResponse(
            responseCode = "200",
            description = "Some of the applications",
            content =
                    @Content(
                            schema = @Schema(implementation = ApplicationView.Page.class),
                            examples = @ExampleObject(name = "one", value = Examples.APPLICATIONS)))
    public ApplicationView.Page list(
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
        return care.list(cursor, Cursor.limit(limit));
    }

    @GET
    @Path("/{application}")
    @Operation(
            summary = "Read an application",
            description = "Its policy is at `/v1/policy`.",
            operationId = "getApplication")
    @APIResponse(
            responseCode = "200",
            description = "The application",
            content =
                    @Content(
                            schema = @Schema(implementation = ApplicationView.class),
                            examples = {
                                @ExampleObject(name = "active", value = Examples.APPLICATION),
                                @ExampleObject(name = "suspended", value = Examples.SUSPENDED)
                            }))
    public ApplicationView get(@PathParam("application") String application) {
        return care.get(Ids.known(application));
    }

    @PATCH
    @Path("/{application}")
    @Operation(
            summary = "Change an application",
            description = "What is left out stays as it is. All copies see it at once.",
            operationId = "changeApplication")
    @APIResponse(
            responseCode = "200",
            description = "The application as it is now",
            content =
                    @Content(
                            schema = @Schema(implementation = ApplicationView.class),
                            examples = @ExampleObject(name = "changed", value = Examples.APPLICATION)))
    public ApplicationView change(
            @PathParam("application") String application,
            @RequestBody(
                            content =
                                    @Content(
                                            examples =
                                                    @ExampleObject(name = "name", value = Examples.APPLICATION_CHANGE)))
                    @NotNull
                    @Valid
                    ApplicationChange wanted) {
        return care.change(Ids.known(application), wanted);
    }

    @POST
    @Path("/{application}/suspend")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Suspend an application",
            description =
                    "For clients of `postern-console`. From now on every call of its clients is refused, also with access tokens"
                            + " that were given before, and no code approves anything. Nothing is lost.",
            operationId = "suspendApplication",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "console_only own_application"))
    @APIResponse(
            responseCode = "200",
            description = "Suspended",
            content =
                    @Content(
                            schema = @Schema(implementation = ApplicationView.class),
                            examples = @ExampleObject(name = "suspended", value = Examples.SUSPENDED)))
    public ApplicationView suspend(@PathParam("application") String application) {
        return care.suspend(Ids.known(application));
    }

    @POST
    @Path("/{application}/resume")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Resume an application",
            description = "For clients of `postern-console`. All is as before the suspension.",
            operationId = "resumeApplication",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "console_only"))
    @APIResponse(
            responseCode = "200",
            description = "Active",
            content =
                    @Content(
                            schema = @Schema(implementation = ApplicationView.class),
                            examples = @ExampleObject(name = "active", value = Examples.APPLICATION)))
    public ApplicationView resume(@PathParam("application") String application) {
        return care.resume(Ids.known(application));
    }

    private Policy.Written policy(@Nullable JsonNode policy) {
        var given = policy == null || policy.isNull() ? JsonNodeFactory.instance.objectNode() : policy;
        try {
            return policies.written(given);
        } catch (InvalidPolicy e) {
            throw e.asProblem("policy");
        }
    }
}
