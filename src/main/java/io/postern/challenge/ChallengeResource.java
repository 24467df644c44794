package io.postern.challenge;

import io.postern.access.Caller;
import io.postern.application.Applications;
import io.postern.application.Scope;
import io.postern.idempotency.Idempotency;
import io.postern.input.IdempotencyKey;
import io.postern.problem.DocumentedProblems;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.subject.SlotTags;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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

/** Challenges: make one, verify a code, look at it. */
@Path("/v1/challenges")
@RunOnVirtualThread
@RolesAllowed(Scope.VERIFY_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.VERIFY_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Challenges")
final class ChallengeResource {

    private final ChallengeCreation creation;
    private final ChallengeVerification verification;
    private final CodeSending sending;
    private final ChallengeStore store;
    private final Applications applications;
    private final Idempotency idempotency;
    private final SlotTags slots;
    private final Caller caller;

    ChallengeResource(
            ChallengeCreation creation,
            ChallengeVerification verification,
            CodeSending sending,
            ChallengeStore store,
            Applications applications,
            Idempotency idempotency,
            SlotTags slots,
            Caller caller) {
        this.creation = creation;
        this.verification = verification;
        this.sending = sending;
        this.store = store;
        this.applications = applications;
        this.idempotency = idempotency;
        this.slots = slots;
        this.caller = caller;
    }

    @POST
    @Operation(
            summary = "Ask for a second step",
            description =
                    "After the password was right (`sign_in`), or before a change (`step_up` with its `action`). 201 with a"
                            + " pending challenge that lives 15 minutes at most, or 200 where two-factor is off for the"
                            + " subject, or the computer is remembered. A `device_token` is used up by this, and the answer holds"
                            + " the next one; for 30 seconds the same token gives the same answer again, later it ends the"
                            + " computer's being remembered, since somebody may have copied it. An unknown subject is a 404 and never `not_enrolled`. A factor that cannot be used"
                            + " now is shown with `available: false`.",
            operationId = "createChallenge",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "not_found policy_invalid"))
    @APIResponse(
            responseCode = "201",
            description = "A code is awaited",
            content =
                    @Content(
                            schema = @Schema(implementation = ChallengeView.class),
                            examples = @ExampleObject(name = "pending", value = Examples.PENDING)))
    @APIResponse(
            responseCode = "200",
            description =
                    "There is nothing to pass: let the person in (`not_enrolled`, `remembered`), only as far as to enroll a"
                            + " factor (`enrollment_required`), which they may skip while there is a `grace_until`, or not"
                            + " at all (`blocked`)",
            content =
                    @Content(
                            schema = @Schema(implementation = ChallengeView.class),
                            examples = {
                                @ExampleObject(name = "remembered", value = Examples.REMEMBERED),
                                @ExampleObject(name = "not_enrolled", value = Examples.NOT_ENROLLED),
                                @ExampleObject(name = "enrollment_required", value = Examples.ENROLLMENT_REQUIRED),
                                @ExampleObject(name = "grace_period", value = Examples.GRACE_PERIOD),
                                @ExampleObject(name = "blocked", value = Examples.BLOCKED)
                            }))
    public Response create(
            @HeaderParam("Idempotency-Key") @IdempotencyKey @Nullable String key,
            @RequestBody(
                            content =
                                    @Content(
                                            examples = {
                                                @ExampleObject(name = "sign_in", value = Examples.SIGN_IN),
                                                @ExampleObject(name = "sign_in_again", value = Examples.SIGN_IN_AGAIN),
                                                @ExampleObject(name = "step_up", value = Examples.STEP_UP)
                                            }))
                    @NotNull
                    @Valid
                    NewChallenge wanted) {
        var application = caller.application();
        var client = caller.client();
        caller.requireSubject(wanted.subject());
        var slot = slots.of(application, wanted.subject());
        var view = idempotency.once(
                new Idempotency.Call(slot, client, "POST challenges", key, wanted),
                () -> {
                    var made = creation.create(application, client, wanted);
                    return new Idempotency.Made<>(Optional.ofNullable(made.id()), made);
                },
                id -> get(id));
        return Response.status(view.id() == null ? 200 : 201)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(view)
                .build();
    }

    @GET
    @Path("/{challenge}")
    @Operation(
            summary = "Look at a challenge",
            description = "Its state, never a token. A challenge that has ended is not found.",
            operationId = "getChallenge")
    @APIResponse(
            responseCode = "200",
            description = "The challenge: `pending`, `approved`, or `failed` when its tries are used up",
            content =
                    @Content(
                            schema = @Schema(implementation = ChallengeView.class),
                            examples = {
                                @ExampleObject(name = "pending", value = Examples.PENDING),
                                @ExampleObject(name = "code_sent", value = Examples.PENDING_SENT),
                                @ExampleObject(name = "approved", value = Examples.APPROVED),
                                @ExampleObject(name = "failed", value = Examples.FAILED)
                            }))
    public ChallengeView get(@PathParam("challenge") String challenge) {
        var application = caller.application();
        applications.requireActive(application);
        return view(challenge, application);
    }

    @POST
    @Path("/{challenge}/send")
    @Operation(
            summary = "Send a code by mail or SMS",
            description =
                    "The code is on its way when this answers; `GET` of the challenge tells how far it is. A newer code leaves the"
                            + " one before it good, so that a late message still helps. Sends are rationed: `resend_after` tells"
                            + " when the next one may be asked for.",
            operationId = "sendCode",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value =
                                    "challenge_closed factor_unavailable too_many_sends too_many_attempts sending_stopped policy_invalid"))
    @APIResponse(
            responseCode = "202",
            description = "Queued",
            content =
                    @Content(
                            schema = @Schema(implementation = SentView.class),
                            examples = @ExampleObject(name = "queued", value = Examples.SENT)))
    public Response send(
            @PathParam("challenge") String challenge,
            @HeaderParam("Idempotency-Key") @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "factor", value = Examples.SEND)))
                    @NotNull
                    @Valid
                    SendRequest wanted) {
        var application = caller.application();
        var client = caller.client();
        var id = id(challenge);
        var view = idempotency.once(
                new Idempotency.Call(id.slot(), client, "POST send of " + challenge, key, wanted),
                () -> new Idempotency.Made<>(
                        Optional.of(wanted.factor()), sending.send(application, client, id, wanted)),
                factor -> sent(id, application, factor));
        return Response.accepted(view)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @POST
    @Path("/{challenge}/verify")
    @Operation(
            summary = "Verify a code",
            description =
                    "Approves the challenge once and gives its verification token. Every code works once, and every wrong"
                            + " one is counted; the fifth closes the challenge. Where a wrong one shows that the clock of an"
                            + " authenticator app is off, `invalid_code` says by how much. Never repeat this call by yourself: a lost"
                            + " answer may have cost the person a code, so make a new challenge and ask again.",
            operationId = "verify",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "challenge_closed factor_unavailable invalid_code too_many_attempts"))
    @APIResponse(
            responseCode = "200",
            description = "Approved. The token is a JWT of 5 minutes to be checked with the published keys",
            content =
                    @Content(
                            schema = @Schema(implementation = Approved.class),
                            examples = {
                                @ExampleObject(name = "approved", value = Examples.TOKEN),
                                @ExampleObject(name = "remembered", value = Examples.TOKEN_AND_DEVICE)
                            }))
    public Response verify(
            @PathParam("challenge") String challenge,
            @RequestBody(
                            content =
                                    @Content(
                                            examples = {
                                                @ExampleObject(name = "code", value = Examples.CODE),
                                                @ExampleObject(name = "not_here", value = Examples.CODE_ONCE)
                                            }))
                    @NotNull
                    @Valid
                    Verification wanted) {
        var approved = verification.verify(caller.application(), caller.client(), id(challenge), wanted);
        return Response.ok(approved)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** What became of a code that was sent before. */
    private SentView sent(ChallengeId id, String application, String factor) {
        return store.view(id, application)
                .flatMap(view -> view.sent(factor))
                .orElseThrow(() -> Problem.of(ProblemCode.CHALLENGE_CLOSED));
    }

    private ChallengeView view(String challenge, String application) {
        return store.view(id(challenge), application).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }

    /** Ids are opaque to callers: one that cannot be ours is an unknown one. */
    private static ChallengeId id(String text) {
        return ChallengeId.parse(text).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }
}
