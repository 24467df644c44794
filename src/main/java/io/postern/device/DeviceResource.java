package io.postern.device;

import io.postern.access.Caller;
import io.postern.application.Scope;
import io.postern.input.OpaqueId;
import io.postern.input.Text;
import io.postern.subject.SubjectId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A person's remembered computers: list, rename, forget. */
@Path("/v1/subjects/{subject}/devices")
@RunOnVirtualThread
@RolesAllowed(Scope.ENROLL_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ENROLL_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Devices")
final class DeviceResource {

    private final DeviceList devices;
    private final Caller caller;

    DeviceResource(DeviceList devices, Caller caller) {
        this.devices = devices;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "List a person's remembered computers",
            description =
                    "Those that need no second step at the next sign-in, the one used last first. Nothing secret.",
            operationId = "listDevices")
    @APIResponse(
            responseCode = "200",
            description = "Ten at most",
            content =
                    @Content(
                            schema = @Schema(implementation = Devices.class),
                            examples = @ExampleObject(name = "one", value = Examples.DEVICES)))
    public Devices list(@PathParam("subject") @Text(max = SubjectId.MAX) String subject) {
        return new Devices(devices.of(caller.application(), subject));
    }

    @PATCH
    @Path("/{device}")
    @Operation(summary = "Rename a remembered computer", description = "Needs no proof.", operationId = "renameDevice")
    @APIResponse(
            responseCode = "200",
            description = "Renamed",
            content =
                    @Content(
                            schema = @Schema(implementation = DeviceView.class),
                            examples = @ExampleObject(name = "one", value = Examples.DEVICE)))
    public DeviceView rename(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("device") String device,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "rename", value = Examples.RENAME)))
                    @NotNull
                    @Valid
                    DeviceChange wanted) {
        return devices.rename(caller.application(), subject, OpaqueId.known(device), wanted.name());
    }

    @DELETE
    @Path("/{device}")
    @Operation(
            summary = "Forget a remembered computer",
            description = "It is asked for the second step at its next sign-in. Needs no proof: forgetting is safe.",
            operationId = "forgetDevice")
    @APIResponse(responseCode = "204", description = "Forgotten")
    public void forget(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject, @PathParam("device") String device) {
        devices.forget(caller.application(), caller.client(), subject, OpaqueId.known(device));
    }

    @DELETE
    @Operation(
            summary = "Forget all remembered computers of a person",
            description =
                    "Call it whenever the password was changed or reset. Needs no proof, and does nothing where none is"
                            + " remembered.",
            operationId = "forgetDevices")
    @APIResponse(responseCode = "204", description = "None is remembered")
    public void forgetAll(@PathParam("subject") @Text(max = SubjectId.MAX) String subject) {
        devices.forgetAll(caller.application(), caller.client(), subject);
    }

    /** A list of remembered computers. */
    @Schema(name = "Devices", requiredProperties = "devices")
    record Devices(List<DeviceView> devices) {}
}
