package io.postern.support;

import io.postern.access.Caller;
import io.postern.access.Errands;
import io.postern.application.Scope;
import io.postern.event.Errand;
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
import java.util.function.Supplier;
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

/** Codes of the help desk that let a person in once (RULES F4). */
@Path("/v1/support/subjects/{subject}/bypass-codes")
@RunOnVirtualThread
@RolesAllowed(Scope.SUPPORT_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.SUPPORT_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Help desk")
final class BypassCodeResource {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final BypassCodes codes;
    private final Idempotency idempotency;
    private final SlotTags slots;
    private final Errands errands;
    private final Caller caller;

    BypassCodeResource(BypassCodes codes, Idempotency idempotency, SlotTags slots, Errands errands, Caller caller) {
        this.codes = codes;
        this.idempotency = idempotency;
        this.slots = slots;
        this.errands = errands;
        this.caller = caller;
    }

    @POST
    @Operation(
            summary = "Give a person a code to sign in with once",
            description =
                    "Good once, for `minutes`, of level 1, in challenges that are made from now on, under the factor"
                            + " `bypass_code`. A person has one at most: another takes its place, and any change of factors"
                            + " ends it. The person's addresses are told of it, and of its use. Where the policy has"
                            + " `bypass_needs_approval`, it is not drawn until somebody else at the help desk approves it,"
                            + " within half an hour. The code is shown this once; a repetition with the same idempotency key"
                            + " does not show it again.",
            operationId = "makeBypassCode",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "own_account frozen two_factor_off factor_not_allowed already_done"))
    @APIResponse(
            responseCode = "201",
            description = "Drawn",
            content =
                    @Content(
                            schema = @Schema(implementation = BypassCodeView.class),
                            examples = @ExampleObject(name = "live", value = Examples.BYPASS_CODE)))
    @APIResponse(
            responseCode = "202",
            description = "Awaits somebody else's approval",
            content =
                    @Content(
                            schema = @Schema(implementation = BypassCodeView.class),
                            examples = @ExampleObject(name = "awaiting_approval", value = Examples.BYPASS_REQUEST)))
    public Response make(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @HeaderParam(IDEMPOTENCY_KEY) @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "code", value = Examples.NEW_BYPASS_CODE)))
                    @NotNull
                    @Valid
                    NewBypassCode wanted) {
        var whose = wanted(subject, wanted.errand(errands, subject));
        return once(whose, call(subject, "", key, wanted), () -> codes.order(whose, wanted.life()));
    }

    @POST
    @Path("/{code}/approve")
    @Operation(
            summary = "Approve a bypass code that somebody else has asked for",
            description =
                    "Draws the code and shows it, this once, to whoever approves. `actor` must be another one than at the"
                            + " request; that they are two people is the calling product's word.",
            operationId = "approveBypassCode",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "own_account own_request frozen two_factor_off factor_not_allowed already_done"))
    @APIResponse(
            responseCode = "201",
            description = "Drawn",
            content =
                    @Content(
                            schema = @Schema(implementation = BypassCodeView.class),
                            examples = @ExampleObject(name = "live", value = Examples.BYPASS_CODE)))
    public Response approve(
            @PathParam("subject") @Text(max = SubjectId.MAX) String subject,
            @PathParam("code") String code,
            @HeaderParam(IDEMPOTENCY_KEY) @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "call", value = Examples.APPROVAL)))
                    @NotNull
                    @Valid
                    SupportCall call) {
        var whose = wanted(subject, call.errand(errands, subject));
        return once(whose, call(subject, code, key, call), () -> codes.approve(whose, OpaqueId.known(code)));
    }

    private Response once(BypassCodes.Wanted whose, Idempotency.Call call, Supplier<BypassCodeView> make) {
        var code = idempotency.once(
                call,
                () -> {
                    var made = make.get();
                    return new Idempotency.Made<>(
                            Optional.of(made.standing().id().toString()), made);
                },
                id -> codes.again(whose, id));
        return Response.status(code.isLive() ? 201 : 202)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(code)
                .build();
    }

    private Idempotency.Call call(String subject, String code, @Nullable String key, Object body) {
        var slot = slots.of(caller.helped(), subject);
        return new Idempotency.Call(slot, caller.client(), "POST bypass code " + code + " of " + subject, key, body);
    }

    private BypassCodes.Wanted wanted(String subject, Errand errand) {
        return new BypassCodes.Wanted(caller.helped(), caller.client(), subject, errand);
    }
}
