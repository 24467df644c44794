package io.postern.support;

import io.postern.access.Caller;
import io.postern.access.Errands;
import io.postern.application.Scope;
import io.postern.device.DeviceView;
import io.postern.enrollment.FactorCare;
import io.postern.input.OpaqueId;
import io.postern.input.Text;
import io.postern.problem.DocumentedProblems;
import io.postern.subject.SubjectId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The help desk's calls about a person (RULES F4): without a proof of the person's, and so under a scope that a front end's
 * client does not hold. Reads are calls with a body too, for they say who looks and why.
 */
@Path("/v1/support/subjects/{subject}")
@RunOnVirtualThread
@RolesAllowed(Scope.SUPPORT_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.SUPPORT_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Help desk")
final class SupportResource {

    private final HelpDesk desk;
    private final FactorCare care;
    private final Errands errands;
    private final Caller caller;

    SupportResource(HelpDesk desk, FactorCare care, Errands errands, Caller caller) {
        this.desk = desk;
        this.care = care;
        this.errands = errands;
        this.caller = caller;
    }

    @POST
    @Path("/look-up")
    @Operation(
            summary = "Look how things stand with a person",
            description =
                    "Factors with their locks and failures, the delay, messages left, remembered computers, recovery codes"
                            + " left, the latest audit events. Nothing secret; addresses and numbers are masked. That it was"
                            + " looked up, by whom and why, is in the audit trail.",
            operationId = "lookUpSubject",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "own_account"))
    @APIResponse(
            responseCode = "200",
            description = "How things stand",
            content =
                    @Content(
                            schema = @Schema(implementation = LookUp.class),
                            examples = @ExampleObject(name = "owner", value = Examples.LOOK_UP)))
    public Response lookUp(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "call", value = Examples.CALL)))
                    @NotNull
                    @Valid
                    SupportCall call) {
        var shown = desk.lookUp(caller.helped(), caller.client(), subject, call.errand(errands, subject));
        return Response.ok(shown).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    @POST
    @Path("/reset")
    @Operation(
            summary = "Take everything away by which a person passes a second step",
            description =
                    "Factors, recovery codes, remembered computers and bypass codes go, open challenges are void, and two-factor"
                            + " is off. The person's addresses are told. For somebody who has nothing left; who is to sign in"
                            + " once and keep what they have gets a bypass code instead.",
            operationId = "resetSubject",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "own_account"))
    @APIResponse(responseCode = "204", description = "Two-factor is off")
    public void reset(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "call", value = Examples.CALL)))
                    @NotNull
                    @Valid
                    SupportCall call) {
        care.reset(caller.helped(), caller.client(), subject, call.errand(errands, subject));
    }

    @POST
    @Path("/factors/{factor}/remove")
    @Operation(
            summary = "Remove a factor that a person has lost",
            description =
                    "An active one; a pending one ends by itself. Voids open challenges, forgets remembered computers, and tells"
                            + " the person's addresses. Removing the last active factor turns two-factor off.",
            operationId = "removeLostFactor",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "own_account factor_not_active"))
    @APIResponse(responseCode = "204", description = "Removed")
    public void remove(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("factor") String factor,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "call", value = Examples.CALL)))
                    @NotNull
                    @Valid
                    SupportCall call) {
        care.remove(caller.helped(), caller.client(), subject, factor, call.errand(errands, subject));
    }

    @POST
    @Path("/factors/{factor}/unlock")
    @Operation(
            summary = "Unlock a factor that a hundred failures in a row have locked",
            description =
                    "Does nothing to one that is not locked. It does not shorten the delay after failed codes, which nobody"
                            + " can.",
            operationId = "unlockForPerson",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "own_account factor_not_active"))
    @APIResponse(responseCode = "204", description = "Not locked")
    public void unlock(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("factor") String factor,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "call", value = Examples.CALL)))
                    @NotNull
                    @Valid
                    SupportCall call) {
        care.unlock(caller.helped(), caller.client(), subject, factor, call.errand(errands, subject));
    }

    @POST
    @Path("/lift-freeze")
    @Operation(
            summary = "Lift the freeze that follows a disowned change",
            description =
                    "For a person whom the help desk has spoken with. `suspended` says whose the factors are that were"
                            + " suspended. The links of all changes so far end, and the person's addresses are told. Does nothing"
                            + " where there is no freeze. It never turns two-factor off; that is a reset.",
            operationId = "liftFreeze",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "own_account"))
    @APIResponse(responseCode = "204", description = "No freeze")
    public void liftFreeze(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "discard", value = Examples.LIFT)))
                    @NotNull
                    @Valid
                    LiftOrder order) {
        desk.liftFreeze(
                caller.helped(), caller.client(), subject, order.suspended().finding(), order.errand(errands, subject));
    }

    @POST
    @Path("/devices/{device}/rename")
    @Operation(
            summary = "Rename a remembered computer of a person",
            description =
                    "For somebody who cannot tell their computers apart, or calls one by a name that gives too much"
                            + " away. Changes nothing about who gets in.",
            operationId = "renameDeviceForPerson",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "own_account"))
    @APIResponse(
            responseCode = "200",
            description = "Renamed",
            content =
                    @Content(
                            schema = @Schema(implementation = DeviceView.class),
                            examples = @ExampleObject(name = "one", value = Examples.RENAMED)))
    public DeviceView renameDevice(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("device") String device,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "rename", value = Examples.RENAME)))
                    @NotNull
                    @Valid
                    DeviceRename wanted) {
        var errand = wanted.errand(errands, subject);
        return desk.renameDevice(
                caller.helped(), caller.client(), subject, OpaqueId.known(device), wanted.name(), errand);
    }

    @POST
    @Path("/devices/{device}/forget")
    @Operation(
            summary = "Forget a remembered computer of a person",
            description = "For one that was lost or sold. The person's addresses are told which.",
            operationId = "forgetDeviceForPerson",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "own_account"))
    @APIResponse(responseCode = "204", description = "Forgotten")
    public void forgetDevice(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("device") String device,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "call", value = Examples.CALL)))
                    @NotNull
                    @Valid
                    SupportCall call) {
        var errand = call.errand(errands, subject);
        desk.forgetDevice(caller.helped(), caller.client(), subject, OpaqueId.known(device), errand);
    }

    @POST
    @Path("/devices/forget")
    @Operation(
            summary = "Forget all remembered computers of a person",
            description =
                    "For a computer that was lost or sold. The person's addresses are told. Does nothing where none is"
                            + " remembered.",
            operationId = "forgetDevicesForPerson",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "own_account"))
    @APIResponse(responseCode = "204", description = "None is remembered")
    public void forgetDevices(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "call", value = Examples.CALL)))
                    @NotNull
                    @Valid
                    SupportCall call) {
        desk.forgetDevices(caller.helped(), caller.client(), subject, call.errand(errands, subject));
    }
}
