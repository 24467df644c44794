package io.postern.operator;

import io.postern.application.Scope;
import io.postern.problem.DocumentedProblems;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
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

/** What operators do for themselves; every role holds the scope. */
@Path("/v1/operators/me")
@RunOnVirtualThread
@RolesAllowed(Scope.AUDIT_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.AUDIT_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operators")
final class OwnResource {

    private final OperatorCare care;
    private final OwnPassword password;

    OwnResource(OperatorCare care, OwnPassword password) {
        this.care = care;
        this.password = password;
    }

    @GET
    @Operation(
            summary = "Read who is signed in",
            description = "The operator whose access token it is.",
            operationId = "getOwnOperator",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "operators_only"))
    @APIResponse(
            responseCode = "200",
            description = "The operator",
            content =
                    @Content(
                            schema = @Schema(implementation = OperatorView.class),
                            examples = @ExampleObject(name = "operator", value = Examples.OPERATOR)))
    public OperatorView get() {
        return care.own();
    }

    @POST
    @Path("/password")
    @Operation(
            summary = "Change one's own password",
            description =
                    "With the one before, and a proof with the action `change_password`. Ends the operator's access tokens, this"
                            + " one too: sign in again.",
            operationId = "changeOwnPassword",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "operators_only invalid_credentials too_many_attempts overloaded"))
    @APIResponse(responseCode = "204", description = "Changed")
    public void change(
            @Context HttpServerRequest request,
            @HeaderParam("X-Verification-Token") @Nullable String proof,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "passwords", value = Examples.PASSWORD)))
                    @NotNull
                    @Valid
                    PasswordChange wanted) {
        password.change(wanted, proof, request.remoteAddress().hostAddress());
    }
}
