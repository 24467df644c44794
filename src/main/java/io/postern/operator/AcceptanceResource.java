package io.postern.operator;

import io.postern.problem.DocumentedProblems;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How an operator who was invited comes to a password. */
@Path("/v1/operators/accept-invitation")
@RunOnVirtualThread
@PermitAll
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operators")
final class AcceptanceResource {

    private final Beginnings beginnings;

    AcceptanceResource(Beginnings beginnings) {
        this.beginnings = beginnings;
    }

    @POST
    @SecurityRequirements
    @Operation(
            summary = "Set a password with a one-time secret",
            description =
                    "The operator signs in next. Who has no second factor enrolls one within a day; after that the password"
                            + " alone opens nothing.",
            operationId = "acceptInvitation",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "malformed_request invalid_credentials overloaded"))
    @APIResponse(
            responseCode = "200",
            description = "Set",
            content =
                    @Content(
                            schema = @Schema(implementation = OperatorView.class),
                            examples = @ExampleObject(name = "operator", value = Examples.OPERATOR)))
    public Response accept(
            @RequestBody(content = @Content(examples = @ExampleObject(name = "password", value = Examples.ACCEPTANCE)))
                    @NotNull
                    @Valid
                    Acceptance acceptance) {
        return Response.ok(beginnings.accept(acceptance))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
