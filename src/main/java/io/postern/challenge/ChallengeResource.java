package io.postern.challenge;

import io.postern.access.Caller;
import io.postern.application.Applications;
import io.postern.application.Scope;
import io.postern.idempotency.Idempotency;
import io.postern.input.IdempotencyKey;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
    private final ChallengeStore store;
    private final Applications applications;
    private final Idempotency idempotency;
    private final SlotTags slots;
    private final Caller caller;

    ChallengeResource(
            ChallengeCreation creation,
            ChallengeVerification verification,
            ChallengeStore store,
            Applications applications,
            Idempotency idempotency,
            SlotTags slots,
            Caller caller) {
        this.creation = creation;
        this.verification = verification;
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
                    "After the password was right, or before a change. 201 with a pending challenge, or 200 where there"
                            + " is nothing to pass.",
            operationId = "createChallenge")
    @APIResponse(
            responseCode = "201",
            description = "A code is awaited",
            content = @Content(schema = @Schema(implementation = ChallengeView.class)))
    @APIResponse(
            responseCode = "200",
            description = "There is nothing to pass: `not_enrolled` or `enrollment_required`",
            content = @Content(schema = @Schema(implementation = ChallengeView.class)))
    public Response create(
            @HeaderParam("Idempotency-Key") @IdempotencyKey @Nullable String key, @NotNull @Valid NewChallenge wanted) {
        var application = caller.application();
        var client = caller.client();
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
    @Operation(summary = "Look at a challenge", description = "Its state, never a token.", operationId = "getChallenge")
    public ChallengeView get(@PathParam("challenge") String challenge) {
        var application = caller.application();
        applications.requireActive(application);
        return view(challenge, application);
    }

    @POST
    @Path("/{challenge}/verify")
    @Operation(
            summary = "Verify a code",
            description =
                    "Approves the challenge once. A lost answer may cost the person a code and never gives a second"
                            + " approval: make a new challenge then.",
            operationId = "verify")
    @APIResponse(
            responseCode = "200",
            description = "Approved",
            content = @Content(schema = @Schema(implementation = Approved.class)))
    public Response verify(@PathParam("challenge") String challenge, @NotNull @Valid Verification wanted) {
        var approved = verification.verify(
                caller.application(), caller.client(), id(challenge), factor(wanted.factor()), wanted);
        return Response.ok(approved)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private ChallengeView view(String challenge, String application) {
        return store.view(id(challenge), application).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }

    /** Ids are opaque to callers: one that cannot be ours is an unknown one. */
    private static ChallengeId id(String text) {
        return ChallengeId.parse(text).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }

    private static UUID factor(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.FACTOR_UNAVAILABLE);
        }
    }
}
