package io.postern.enrollment;

import io.postern.access.Caller;
import io.postern.application.Scope;
import io.postern.input.Text;
import io.postern.problem.DocumentedProblems;
import io.postern.problem.Problem;
import io.postern.subject.Preferences;
import io.postern.subject.Registration;
import io.postern.subject.SlotTags;
import io.postern.subject.SubjectId;
import io.postern.throttle.Failures;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
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

/** Subjects: register, read, turn two-factor off. */
@Path("/v1/subjects/{subject}")
@RunOnVirtualThread
@RolesAllowed(Scope.ENROLL_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ENROLL_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subjects")
final class SubjectResource {

    private final SubjectRegistrations registrations;
    private final FactorChanges changes;
    private final Failures failures;
    private final SlotTags slots;
    private final Caller caller;

    SubjectResource(
            SubjectRegistrations registrations,
            FactorChanges changes,
            Failures failures,
            SlotTags slots,
            Caller caller) {
        this.registrations = registrations;
        this.changes = changes;
        this.failures = failures;
        this.slots = slots;
        this.caller = caller;
    }

    @PUT
    @Operation(
            summary = "Register a subject, or update what is known of it",
            description =
                    "What is left out stays as it is; factors are never touched. With two-factor on, another mail address"
                            + " needs a proof with the action `change_email`. The address before is told, and of all changes"
                            + " for 30 days more.",
            operationId = "putSubject",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "frozen subject_erased"))
    @APIResponse(
            responseCode = "200",
            description = "Known before",
            content =
                    @Content(
                            schema = @Schema(implementation = SubjectState.class),
                            examples = @ExampleObject(name = "on", value = Examples.SUBJECT_ON)))
    @APIResponse(
            responseCode = "201",
            description = "Registered now",
            content =
                    @Content(
                            schema = @Schema(implementation = SubjectState.class),
                            examples = @ExampleObject(name = "off", value = Examples.SUBJECT_OFF)))
    public Response put(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @HeaderParam(Headers.PROOF) @Nullable String proof,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "owner", value = Examples.REGISTRATION)))
                    @NotNull
                    @Valid
                    Registration registration) {
        var registered = registrations.register(change(subject, proof), registration);
        return Response.status(registered.created() ? 201 : 200)
                .entity(registered.state())
                .build();
    }

    @GET
    @Operation(
            summary = "Read a subject and its factors",
            description = "Nothing secret: factors are shown as they may be listed in a profile.",
            operationId = "getSubject")
    @APIResponse(
            responseCode = "200",
            description = "The subject",
            content =
                    @Content(
                            schema = @Schema(implementation = SubjectState.class),
                            examples = {
                                @ExampleObject(name = "on", value = Examples.SUBJECT_ON),
                                @ExampleObject(name = "off", value = Examples.SUBJECT_OFF)
                            }))
    public SubjectState get(@PathParam("subject") @Text(max = SubjectId.MAX) String subject) {
        var application = caller.application();
        return registrations.state(application, subject).lockedUntil(delay(application, subject));
    }

    /** A profile can be read without Redis, which alone knows of a delay. */
    private @Nullable Instant delay(String application, String subject) {
        try {
            return failures.delayedUntil(slots.of(application, subject)).orElse(null);
        } catch (Problem outage) {
            return null;
        }
    }

    @PUT
    @Path("/preferences")
    @Operation(
            summary = "Store what the person chose",
            description =
                    "Needs no proof: a choice weakens nothing that the policy demands. To be asked at every sign-in also"
                            + " forgets all remembered computers.",
            operationId = "putPreferences")
    @APIResponse(
            responseCode = "200",
            description = "Stored",
            content =
                    @Content(
                            schema = @Schema(implementation = Preferences.class),
                            examples = @ExampleObject(name = "always", value = Examples.PREFERENCES)))
    public Preferences prefer(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "always", value = Examples.PREFERENCES)))
                    @NotNull
                    @Valid
                    Preferences preferences) {
        return registrations.prefer(caller.application(), caller.client(), subject, preferences);
    }

    @POST
    @Path("/disable")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Turn two-factor off",
            description = "All factors go, and open challenges are void. Needs a proof with the action `disable` while"
                    + " two-factor is on; does nothing while it is off.",
            operationId = "disable",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "frozen"))
    @APIResponse(responseCode = "204", description = "Off")
    public void disable(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @HeaderParam(Headers.PROOF) @Nullable String proof) {
        changes.disable(change(subject, proof));
    }

    private Change change(String subject, @Nullable String proof) {
        return new Change(caller.application(), caller.client(), subject, proof);
    }
}
