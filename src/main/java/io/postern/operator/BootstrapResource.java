package io.postern.operator;

import io.postern.problem.DocumentedProblems;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
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

/** How the first operator comes to a password. */
@Path("/v1/operators/bootstrap")
@RunOnVirtualThread
@PermitAll
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operators")
final class BootstrapResource {

    private final Beginnings beginnings;

    BootstrapResource(Beginnings beginnings) {
        this.beginnings = beginnings;
    }

    @POST
    @SecurityRequirements
    @Operation(
            summary = "Make the first operator",
            description =
                    "With the bootstrap secret of the configuration, while there is no operator. The operator is an administrator"
                            + " and signs in next, to enroll a second factor within a day.",
            operationId = "bootstrapOperators",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value =
                                    "malformed_request invalid_credentials overloaded bootstrap_done too_many_attempts"))
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content =
                    @Content(
                            schema = @Schema(implementation = OperatorView.class),
                            examples = @ExampleObject(name = "operator", value = Examples.OPERATOR)))
    public Response bootstrap(
            @Context HttpServerRequest request,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "first", value = Examples.FIRST)))
                    @NotNull
                    @Valid
                    FirstOperator wanted) {
        var made = beginnings.bootstrap(wanted, request.remoteAddress().hostAddress());
        return Response.status(201)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(made)
                .build();
    }
}
