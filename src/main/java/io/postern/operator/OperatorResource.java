package io.postern.operator;

import io.postern.access.Caller;
import io.postern.application.Scope;
import io.postern.crypto.KeyedHash;
import io.postern.idempotency.Idempotency;
import io.postern.input.IdempotencyKey;
import io.postern.input.OpaqueId;
import io.postern.problem.DocumentedProblems;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Operators look after each other. Every call is for operators who have signed in, and for no API client. */
@Path("/v1/operators")
@RunOnVirtualThread
@RolesAllowed(Scope.SUPPORT_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operators")
final class OperatorResource {

    private static final String OF_OTHERS = "operators_only own_operator higher_role";

    private final OperatorCare care;
    private final Idempotency idempotency;
    private final KeyedHash hash;
    private final Caller caller;

    OperatorResource(OperatorCare care, Idempotency idempotency, KeyedHash hash, Caller caller) {
        this.care = care;
        this.idempotency = idempotency;
        this.hash = hash;
        this.caller = caller;
    }

    @GET
    @SecurityRequirement(name = "oauth2", scopes = Scope.SUPPORT_ID)
    @Operation(
            summary = "List the operators",
            description = "All of them, by their names.",
            operationId = "listOperators",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "operators_only"))
    @APIResponse(
            responseCode = "200",
            description = "The operators",
            content =
                    @Content(
                            schema = @Schema(implementation = OperatorView.All.class),
                            examples = @ExampleObject(name = "one", value = Examples.OPERATORS)))
    public OperatorView.All list() {
        return care.list();
    }

    @POST
    @RolesAllowed(Scope.ADMIN_ID)
    @SecurityRequirement(name = "oauth2", scopes = Scope.ADMIN_ID)
    @Operation(
            summary = "Invite an operator",
            description =
                    "Gives a one-time secret of a day, shown this once, with which the operator sets a password and then enrolls a"
                            + " second factor.",
            operationId = "inviteOperator",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "operators_only higher_role operator_exists already_done"))
    @APIResponse(
            responseCode = "201",
            description = "Invited",
            content =
                    @Content(
                            schema = @Schema(implementation = OperatorView.Invited.class),
                            examples = @ExampleObject(name = "invited", value = Examples.INVITED)))
    public Response invite(
            @HeaderParam("Idempotency-Key") @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "grace", value = Examples.NEW)))
                    @NotNull
                    @Valid
                    NewOperator wanted) {
        care.requireOperator();
        return secretly(201, once("POST operators", key, wanted, () -> care.invite(wanted)));
    }

    @GET
    @Path("/{operator}")
    @SecurityRequirement(name = "oauth2", scopes = Scope.SUPPORT_ID)
    @Operation(
            summary = "Read an operator",
            description = "Nothing secret.",
            operationId = "getOperator",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "operators_only"))
    @APIResponse(
            responseCode = "200",
            description = "The operator",
            content =
                    @Content(
                            schema = @Schema(implementation = OperatorView.class),
                            examples = @ExampleObject(name = "operator", value = Examples.OPERATOR)))
    public OperatorView get(@PathParam("operator") String operator) {
        care.requireOperator();
        return care.get(OpaqueId.known(operator));
    }

    @PATCH
    @Path("/{operator}")
    @RolesAllowed(Scope.ADMIN_ID)
    @SecurityRequirement(name = "oauth2", scopes = Scope.ADMIN_ID)
    @Operation(
            summary = "Change an operator's role",
            description = "Ends the operator's access tokens at once. Nobody changes their own.",
            operationId = "changeOperator",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = OF_OTHERS))
    @APIResponse(
            responseCode = "200",
            description = "The operator as they are now",
            content =
                    @Content(
                            schema = @Schema(implementation = OperatorView.class),
                            examples = @ExampleObject(name = "operator", value = Examples.OPERATOR)))
    public OperatorView change(
            @PathParam("operator") String operator,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "role", value = Examples.ROLE)))
                    @NotNull
                    @Valid
                    RoleChange wanted) {
        care.requireOperator();
        return care.change(OpaqueId.known(operator), wanted);
    }

    @POST
    @Path("/{operator}/suspend")
    @RolesAllowed(Scope.ADMIN_ID)
    @SecurityRequirement(name = "oauth2", scopes = Scope.ADMIN_ID)
    @Operation(
            summary = "Suspend an operator",
            description = "They sign in no more, and their access tokens open nothing from now on. Nothing is lost.",
            operationId = "suspendOperator",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = OF_OTHERS))
    @APIResponse(
            responseCode = "200",
            description = "Suspended",
            content =
                    @Content(
                            schema = @Schema(implementation = OperatorView.class),
                            examples = @ExampleObject(name = "suspended", value = Examples.SUSPENDED)))
    public OperatorView suspend(
            @PathParam("operator") String operator,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "reason", value = Examples.ORDER)))
                    @NotNull
                    @Valid
                    Order order) {
        care.requireOperator();
        return care.suspend(OpaqueId.known(operator), order);
    }

    @POST
    @Path("/{operator}/resume")
    @RolesAllowed(Scope.ADMIN_ID)
    @SecurityRequirement(name = "oauth2", scopes = Scope.ADMIN_ID)
    @Operation(
            summary = "Resume an operator",
            description = "They sign in as before.",
            operationId = "resumeOperator",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = OF_OTHERS))
    @APIResponse(
            responseCode = "200",
            description = "Active",
            content =
                    @Content(
                            schema = @Schema(implementation = OperatorView.class),
                            examples = @ExampleObject(name = "operator", value = Examples.OPERATOR)))
    public OperatorView resume(
            @PathParam("operator") String operator,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "reason", value = Examples.ORDER)))
                    @NotNull
                    @Valid
                    Order order) {
        care.requireOperator();
        return care.resume(OpaqueId.known(operator), order);
    }

    @POST
    @Path("/{operator}/invitation")
    @SecurityRequirement(name = "oauth2", scopes = Scope.SUPPORT_ID)
    @Operation(
            summary = "Let an operator set another password",
            description =
                    "For one who has forgotten it: a one-time secret of a day, shown this once. The password and the factors"
                            + " stay as they are until it is used.",
            operationId = "inviteOperatorAgain",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = OF_OTHERS + " already_done"))
    @APIResponse(
            responseCode = "200",
            description = "Invited",
            content =
                    @Content(
                            schema = @Schema(implementation = OperatorView.Invited.class),
                            examples = @ExampleObject(name = "invited", value = Examples.INVITED)))
    public Response inviteAgain(
            @PathParam("operator") String operator,
            @HeaderParam("Idempotency-Key") @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "reason", value = Examples.ORDER)))
                    @NotNull
                    @Valid
                    Order order) {
        care.requireOperator();
        var id = OpaqueId.known(operator);
        return secretly(200, once("POST invitation of " + id, key, order, () -> care.invite(id, order)));
    }

    @POST
    @Path("/{operator}/reset")
    @SecurityRequirement(name = "oauth2", scopes = Scope.SUPPORT_ID)
    @Operation(
            summary = "Reset an operator",
            description =
                    "For one who has lost every factor: factors, recovery codes and the password go, access tokens end at once,"
                            + " and the operator begins anew with a one-time secret of a day, shown this once. Support resets"
                            + " viewers, administrators everybody; nobody resets themselves.",
            operationId = "resetOperator",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = OF_OTHERS + " already_done"))
    @APIResponse(
            responseCode = "200",
            description = "Reset",
            content =
                    @Content(
                            schema = @Schema(implementation = OperatorView.Invited.class),
                            examples = @ExampleObject(name = "invited", value = Examples.INVITED)))
    public Response reset(
            @PathParam("operator") String operator,
            @HeaderParam("Idempotency-Key") @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "reason", value = Examples.ORDER)))
                    @NotNull
                    @Valid
                    Order order) {
        care.requireOperator();
        var id = OpaqueId.known(operator);
        return secretly(200, once("POST reset of " + id, key, order, () -> care.reset(id, order)));
    }

    /** What is shown this once is not shown again. */
    private OperatorView.Invited once(
            String path, @Nullable String key, Object body, Supplier<OperatorView.Invited> make) {
        var slot = hash.tag("operators", caller.home());
        return idempotency.once(
                new Idempotency.Call(slot, caller.client(), path, key, body),
                () -> {
                    var made = make.get();
                    return new Idempotency.Made<>(
                            Optional.of(made.operator().id().toString()), made);
                },
                id -> {
                    throw Problem.of(ProblemCode.ALREADY_DONE);
                });
    }

    private static Response secretly(int status, OperatorView.Invited invited) {
        return Response.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(invited)
                .build();
    }
}
