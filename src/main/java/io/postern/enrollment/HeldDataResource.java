package io.postern.enrollment;

import io.postern.access.Caller;
import io.postern.access.ErrandHeaders;
import io.postern.access.Errands;
import io.postern.application.Scope;
import io.postern.input.Text;
import io.postern.subject.SubjectId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What is held of a person: shown to them, erased, and the erased id let in again. Calls of the help desk (RULES F4, F6): a
 * front end's client has neither scope.
 */
@Path("/v1/subjects/{subject}")
@RunOnVirtualThread
@RolesAllowed({Scope.SUPPORT_ID, Scope.ADMIN_ID})
@SecurityRequirement(name = "oauth2", scopes = Scope.SUPPORT_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ADMIN_ID)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subjects")
final class HeldDataResource {

    private final Erasure erasure;
    private final SubjectExports exports;
    private final Errands errands;
    private final Caller caller;

    HeldDataResource(Erasure erasure, SubjectExports exports, Errands errands, Caller caller) {
        this.erasure = erasure;
        this.exports = exports;
        this.errands = errands;
        this.caller = caller;
    }

    @DELETE
    @Operation(
            summary = "Erase a subject",
            description =
                    "Factors, codes, addresses, open challenges: all goes, and the person's addresses are told. What stays are"
                            + " audit events over a pseudonym that leads to nobody. For 30 days registering the id again answers"
                            + " `subject_erased`, so that a late or repeated call brings nobody back.",
            operationId = "eraseSubject")
    @APIResponse(responseCode = "204", description = "Erased")
    public void erase(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @HeaderParam(ErrandHeaders.ACTOR) @Nullable String actor,
            @HeaderParam(ErrandHeaders.REASON) @Nullable String reason) {
        erasure.erase(change(subject), errands.ofHeaders(actor, reason));
    }

    @POST
    @Path("/readmit")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Let an erased id be registered again",
            description =
                    "For a person who comes back, or was erased by mistake, within 30 days of the erasure. Nothing that was"
                            + " erased comes back with it.",
            operationId = "readmitSubject")
    @APIResponse(responseCode = "204", description = "The id can be registered")
    public void readmit(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @HeaderParam(ErrandHeaders.ACTOR) @Nullable String actor,
            @HeaderParam(ErrandHeaders.REASON) @Nullable String reason) {
        erasure.readmit(change(subject), errands.ofHeaders(actor, reason));
    }

    @GET
    @Path("/export")
    @Operation(
            summary = "Export all that is held of a subject",
            description =
                    "For the person: addresses and numbers in full, never a secret. That it was asked for, by whom and why, is"
                            + " in the audit trail, and so in this answer.",
            operationId = "exportSubject")
    @APIResponse(
            responseCode = "200",
            description = "All that is held",
            content =
                    @Content(
                            schema = @Schema(implementation = SubjectExport.class),
                            examples = @ExampleObject(name = "owner", value = Examples.EXPORT)))
    public Response export(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @HeaderParam(ErrandHeaders.ACTOR) @Nullable String actor,
            @HeaderParam(ErrandHeaders.REASON) @Nullable String reason) {
        return Response.ok(exports.of(change(subject), errands.ofHeaders(actor, reason)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Change change(String subject) {
        return new Change(caller.helped(), caller.client(), subject, null);
    }
}
