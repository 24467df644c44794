package io.postern.enrollment;

import io.postern.access.Caller;
import io.postern.application.Scope;
import io.postern.factor.Setup;
import io.postern.factor.recovery.RecoverySetup;
import io.postern.idempotency.Idempotency;
import io.postern.input.IdempotencyKey;
import io.postern.input.Text;
import io.postern.problem.DocumentedProblems;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
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

/** A subject's recovery codes: make new ones, confirm that they were kept. */
@Path("/v1/subjects/{subject}/recovery-codes")
@RunOnVirtualThread
@RolesAllowed(Scope.ENROLL_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ENROLL_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Recovery codes")
final class RecoveryCodeResource {

    private final RecoveryCodes codes;
    private final Idempotency idempotency;
    private final SlotTags slots;
    private final Caller caller;

    RecoveryCodeResource(RecoveryCodes codes, Idempotency idempotency, SlotTags slots, Caller caller) {
        this.codes = codes;
        this.idempotency = idempotency;
        this.slots = slots;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Make new recovery codes",
            description =
                    "The old ones are dead. Needs a proof with the action `new_recovery_codes`. The codes are shown this once; a"
                            + " repetition with the same idempotency key does not show them again.",
            operationId = "renewRecoveryCodes",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "frozen factor_not_active factor_not_allowed already_done"))
    @APIResponse(
            responseCode = "201",
            description = "New codes",
            content =
                    @Content(
                            schema = @Schema(implementation = RecoverySetup.class),
                            examples = @ExampleObject(name = "codes", value = Examples.RECOVERY_CODES)))
    public Response renew(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @HeaderParam(Headers.PROOF) @Nullable String proof,
            @HeaderParam(Headers.IDEMPOTENCY_KEY) @IdempotencyKey @Nullable String key) {
        var change = new Change(caller.application(), caller.client(), subject, proof);
        var slot = slots.of(change.application(), subject);
        Setup made = idempotency.once(
                new Idempotency.Call(slot, change.client(), "POST recovery codes of " + subject, key, ""),
                () -> new Idempotency.Made<>(Optional.of("codes"), codes.renew(change)),
                id -> {
                    throw Problem.of(ProblemCode.ALREADY_DONE);
                });
        return Response.status(201)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(made)
                .build();
    }

    @POST
    @Path("/confirm")
    @Operation(
            summary = "Confirm that the recovery codes were kept",
            description = "The person types one of them. It stays good.",
            operationId = "confirmRecoveryCodes",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "invalid_code too_many_attempts"))
    @APIResponse(responseCode = "204", description = "Confirmed")
    public void confirm(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "code", value = Examples.RECOVERY_CODE)))
                    @NotNull
                    @Valid
                    Activation activation) {
        codes.confirm(new Change(caller.application(), caller.client(), subject, null), activation.code());
    }
}
