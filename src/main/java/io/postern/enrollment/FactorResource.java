package io.postern.enrollment;

import io.postern.access.Caller;
import io.postern.application.Scope;
import io.postern.input.OpaqueId;
import io.postern.input.Text;
import io.postern.problem.DocumentedProblems;
import io.postern.subject.SubjectId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
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

/** A subject's factors: list, change, remove, unlock. */
@Path("/v1/subjects/{subject}/factors")
@RunOnVirtualThread
@RolesAllowed(Scope.ENROLL_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ENROLL_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Factors")
final class FactorResource {

    private final FactorChanges changes;
    private final PendingCodes codes;
    private final Caller caller;

    FactorResource(FactorChanges changes, PendingCodes codes, Caller caller) {
        this.changes = changes;
        this.codes = codes;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "List a subject's factors",
            description = "Active and pending ones, the default first, then the oldest.",
            operationId = "listFactors")
    @APIResponse(
            responseCode = "200",
            description = "The factors",
            content =
                    @Content(
                            schema = @Schema(implementation = Factors.class),
                            examples = @ExampleObject(name = "one", value = Examples.FACTORS)))
    public Factors list(@PathParam("subject") @Text(max = SubjectId.MAX) String subject) {
        return new Factors(changes.list(caller.application(), subject));
    }

    @GET
    @Path("/{factor}")
    @Operation(
            summary = "Read a factor",
            description = "Nothing secret. Of a pending one it tells how far its first code is.",
            operationId = "getFactor")
    @APIResponse(
            responseCode = "200",
            description = "The factor",
            content =
                    @Content(
                            schema = @Schema(implementation = FactorDetail.class),
                            examples = {
                                @ExampleObject(name = "active", value = Examples.FACTOR),
                                @ExampleObject(name = "pending", value = Examples.PENDING_SENT)
                            }))
    public FactorDetail get(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject, @PathParam("factor") String factor) {
        var change = change(subject, null);
        return codes.detail(change, changes.get(change.application(), subject, OpaqueId.known(factor)));
    }

    @PATCH
    @Path("/{factor}")
    @Operation(
            summary = "Rename a factor, or make it the default",
            description = "What is left out stays as it is. Needs no proof. Only an active factor can be the default.",
            operationId = "changeFactor",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "factor_not_active"))
    @APIResponse(
            responseCode = "200",
            description = "Changed",
            content =
                    @Content(
                            schema = @Schema(implementation = FactorView.class),
                            examples = @ExampleObject(name = "active", value = Examples.FACTOR)))
    public FactorView change(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("factor") String factor,
            @RequestBody(
                            content =
                                    @Content(
                                            examples = {
                                                @ExampleObject(name = "rename", value = Examples.RENAME),
                                                @ExampleObject(name = "make_default", value = Examples.MAKE_DEFAULT)
                                            }))
                    @NotNull
                    @Valid
                    FactorChange wanted) {
        return changes.change(change(subject, null), OpaqueId.known(factor), wanted);
    }

    @DELETE
    @Path("/{factor}")
    @Operation(
            summary = "Remove a factor",
            description =
                    "Needs a proof with the action `remove_factor` unless the factor is pending. Voids open challenges."
                            + " Removing the last active factor turns two-factor off, but not in a freeze.",
            operationId = "removeFactor")
    @APIResponse(responseCode = "204", description = "Removed")
    public void remove(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("factor") String factor,
            @HeaderParam(Headers.PROOF) @Nullable String proof) {
        changes.remove(change(subject, proof), OpaqueId.known(factor));
    }

    @POST
    @Path("/{factor}/unlock")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Unlock a factor that a hundred failures in a row have locked",
            description =
                    "Needs a proof with the action `unlock_factor`, by another factor of the same or a higher level.",
            operationId = "unlockFactor",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "frozen factor_not_active"))
    @APIResponse(
            responseCode = "200",
            description = "Not locked",
            content =
                    @Content(
                            schema = @Schema(implementation = FactorView.class),
                            examples = @ExampleObject(name = "active", value = Examples.FACTOR)))
    public FactorView unlock(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("factor") String factor,
            @HeaderParam(Headers.PROOF) @Nullable String proof) {
        return changes.unlock(change(subject, proof), OpaqueId.known(factor));
    }

    private Change change(String subject, @Nullable String proof) {
        return new Change(caller.application(), caller.client(), subject, proof);
    }

    /** A list of factors. */
    @Schema(name = "Factors", requiredProperties = "factors")
    record Factors(List<FactorView> factors) {}
}
