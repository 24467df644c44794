package io.postern.enrollment;

import io.postern.access.Caller;
import io.postern.application.Scope;
import io.postern.idempotency.Idempotency;
import io.postern.input.IdempotencyKey;
import io.postern.input.OpaqueId;
import io.postern.input.Text;
import io.postern.problem.DocumentedProblems;
import io.postern.subject.SlotTags;
import io.postern.subject.SubjectId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
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

/** From a pending factor to an active one: its set-up, the codes that prove it, its first code. */
@Path("/v1/subjects/{subject}/factors")
@RunOnVirtualThread
@RolesAllowed(Scope.ENROLL_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ENROLL_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Factors")
final class EnrollmentResource {

    private final Enrollment enrollment;
    private final FirstCode firstCode;
    private final PendingCodes codes;
    private final RecoveryCodes recoveryCodes;
    private final FactorChanges changes;
    private final Idempotency idempotency;
    private final SlotTags slots;
    private final Caller caller;

    EnrollmentResource(
            Enrollment enrollment,
            FirstCode firstCode,
            PendingCodes codes,
            RecoveryCodes recoveryCodes,
            FactorChanges changes,
            Idempotency idempotency,
            SlotTags slots,
            Caller caller) {
        this.enrollment = enrollment;
        this.firstCode = firstCode;
        this.codes = codes;
        this.recoveryCodes = recoveryCodes;
        this.changes = changes;
        this.idempotency = idempotency;
        this.slots = slots;
        this.caller = caller;
    }

    @POST
    @Operation(
            summary = "Begin to enroll a factor",
            description =
                    "The factor is pending until its first code, for 15 minutes and 5 tries at most, and protects nothing"
                            + " until then. What it is set up with is shown this once. With two-factor on, needs a proof with"
                            + " the action `add_factor`: here, and again at the activation, which uses it.",
            operationId = "beginEnrollment",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value =
                                    "frozen too_many_factors factor_exists factor_not_allowed invalid_address invalid_phone_number"
                                            + " region_not_allowed too_many_sends sending_stopped"))
    @APIResponse(
            responseCode = "201",
            description = "Pending",
            content =
                    @Content(
                            schema = @Schema(implementation = PendingFactor.class),
                            examples = {
                                @ExampleObject(name = "totp", value = Examples.PENDING_TOTP),
                                @ExampleObject(name = "email", value = Examples.PENDING_EMAIL)
                            }))
    public Response begin(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @HeaderParam(Headers.PROOF) @Nullable String proof,
            @HeaderParam(Headers.IDEMPOTENCY_KEY) @IdempotencyKey @Nullable String key,
            @RequestBody(
                            content =
                                    @Content(
                                            examples = {
                                                @ExampleObject(name = "totp", value = Examples.NEW_TOTP),
                                                @ExampleObject(name = "email", value = Examples.NEW_EMAIL),
                                                @ExampleObject(name = "sms", value = Examples.NEW_SMS)
                                            }))
                    @NotNull
                    @Valid
                    NewFactor wanted) {
        var change = change(subject, proof);
        var slot = slots.of(change.application(), subject);
        var call = new Idempotency.Call(slot, change.client(), "POST factors of " + subject, key, wanted);
        var pending = idempotency.once(
                call,
                () -> {
                    var begun = enrollment.begin(change, wanted);
                    var made = codes.sendFirst(change, begun, wanted.ip());
                    return new Idempotency.Made<>(Optional.of(made.factor().id()), made);
                },
                id -> again(change, OpaqueId.known(id)));
        return Response.status(201)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(pending)
                .build();
    }

    @POST
    @Path("/{factor}/activate")
    @Operation(
            summary = "Activate a pending factor with its first code",
            description =
                    "Ends the subject's other pending factors and voids its open challenges. The code is spent and does not"
                            + " sign in.",
            operationId = "activateFactor",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "frozen factor_closed factor_exists invalid_code"))
    @APIResponse(
            responseCode = "200",
            description = "Active",
            content =
                    @Content(
                            schema = @Schema(implementation = ActivatedFactor.class),
                            examples = @ExampleObject(name = "active", value = Examples.ACTIVATED)))
    public Response activate(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("factor") String factor,
            @HeaderParam(Headers.PROOF) @Nullable String proof,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "code", value = Examples.CODE)))
                    @NotNull
                    @Valid
                    Activation activation) {
        var change = change(subject, proof);
        var match = firstCode.check(change, OpaqueId.known(factor), activation);
        var active = enrollment.activate(change, OpaqueId.known(factor), match, recoveryCodes.forFirstFactor(change));
        if (active.factor().type().channel().isPresent()) {
            codes.proven(change, OpaqueId.known(factor));
        }
        return Response.ok(active).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    @POST
    @Path("/{factor}/send")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Send another code to a pending factor",
            description =
                    "The first one went out when the factor was begun. The code before it stays good, so that a late message"
                            + " still helps.",
            operationId = "sendFirstCode",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "factor_closed factor_unavailable too_many_sends sending_stopped"))
    @APIResponse(
            responseCode = "202",
            description = "Queued",
            content =
                    @Content(
                            schema = @Schema(implementation = PendingFactor.class),
                            examples = @ExampleObject(name = "email", value = Examples.PENDING_EMAIL)))
    public Response send(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("factor") String factor,
            @HeaderParam(Headers.IDEMPOTENCY_KEY) @IdempotencyKey @Nullable String key) {
        var change = change(subject, null);
        var slot = slots.of(change.application(), subject);
        var call = new Idempotency.Call(slot, change.client(), "POST send of " + factor + " of " + subject, key, "");
        var pending = idempotency.once(
                call,
                () -> {
                    var sent = codes.send(change, OpaqueId.known(factor), null);
                    var view = changes.get(change.application(), subject, OpaqueId.known(factor));
                    return new Idempotency.Made<>(Optional.of(factor), PendingFactor.of(view, sent));
                },
                id -> again(change, OpaqueId.known(id)));
        return Response.accepted(pending)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @POST
    @Path("/{factor}/send-confirmation")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Send another code to the registered address",
            description =
                    "Where the policy asks for it before a first factor; the first one went out when the factor was begun.",
            operationId = "sendConfirmation",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "factor_closed factor_unavailable too_many_sends sending_stopped"))
    @APIResponse(responseCode = "202", description = "Queued")
    public Response sendConfirmation(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("factor") String factor,
            @HeaderParam(Headers.IDEMPOTENCY_KEY) @IdempotencyKey @Nullable String key) {
        var change = change(subject, null);
        var slot = slots.of(change.application(), subject);
        var call = new Idempotency.Call(
                slot, change.client(), "POST send confirmation of " + factor + " of " + subject, key, "");
        idempotency.once(
                call,
                () -> new Idempotency.Made<>(
                        Optional.of(factor), codes.sendConfirmation(change, OpaqueId.known(factor), null)),
                id -> id);
        return Response.accepted().build();
    }

    private PendingFactor again(Change change, UUID id) {
        var view = changes.get(change.application(), change.subject(), id);
        return PendingFactor.of(view, codes.sent(change, id).orElse(null));
    }

    private Change change(String subject, @Nullable String proof) {
        return new Change(caller.application(), caller.client(), subject, proof);
    }
}
