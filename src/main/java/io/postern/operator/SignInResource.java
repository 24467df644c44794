package io.postern.operator;

import io.postern.challenge.ChallengeView;
import io.postern.challenge.ConsoleChallenges;
import io.postern.challenge.SendRequest;
import io.postern.challenge.SentView;
import io.postern.challenge.Verification;
import io.postern.input.TextValidator;
import io.postern.problem.DocumentedProblems;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.problem.Problems;
import io.quarkus.security.Authenticated;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** How an operator signs in: name and password at one path, then a challenge, then an access token. */
@Path("/v1/operators/sign-in")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operators")
final class SignInResource {

    private static final int LONGEST_BROWSER = 512;

    private final SignIns signIns;
    private final ConsoleChallenges challenges;
    private final SecurityIdentity identity;

    SignInResource(SignIns signIns, ConsoleChallenges challenges, SecurityIdentity identity) {
        this.signIns = signIns;
        this.challenges = challenges;
        this.identity = identity;
    }

    @POST
    @Authenticated
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "operator")
    @Operation(
            summary = "Sign in as an operator: the password",
            description =
                    "Name and password by HTTP Basic (RFC 7617, UTF-8). 201 with a challenge to pass, or 200 with a token that"
                            + " opens the way to a first factor and nothing else, within a day after the password was set with a"
                            + " one-time secret.",
            operationId = "signIn",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "invalid_credentials enrollment_closed frozen too_many_attempts overloaded"))
    @APIResponse(
            responseCode = "201",
            description = "The password is right; a code is awaited",
            content =
                    @Content(
                            schema = @Schema(implementation = ChallengeView.class),
                            examples = @ExampleObject(name = "pending", value = Examples.PENDING)))
    @APIResponse(
            responseCode = "200",
            description = "The password is right, and there is no second factor yet",
            content =
                    @Content(
                            schema = @Schema(implementation = SignInView.class),
                            examples = @ExampleObject(name = "enrollment_required", value = Examples.TO_ENROLL)))
    public Response begin(
            @Context HttpServerRequest request,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String userAgent) {
        var source = request.remoteAddress().hostAddress();
        var browser = userAgent != null && TextValidator.isText(userAgent, LONGEST_BROWSER) ? userAgent : null;
        return switch (signIns.begin(identity.getPrincipal().getName(), source, browser)) {
            case SignIns.Begun.Asked asked -> answer(201, asked.challenge());
            case SignIns.Begun.ToEnroll toEnroll -> answer(200, toEnroll.signIn());
        };
    }

    @POST
    @PermitAll
    @SecurityRequirements
    @Path("/{challenge}/send")
    @Operation(
            summary = "Sign in as an operator: send a code",
            description = "Where the challenge has a factor whose codes are sent.",
            operationId = "sendSignInCode",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "malformed_request not_found challenge_closed factor_unavailable too_many_sends"
                                    + " too_many_attempts sending_stopped policy_invalid"))
    @APIResponse(
            responseCode = "202",
            description = "Queued",
            content =
                    @Content(
                            schema = @Schema(implementation = SentView.class),
                            examples = @ExampleObject(name = "queued", value = Examples.SENT)))
    public Response send(
            @PathParam("challenge") String challenge,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "factor", value = Examples.FACTOR)))
                    @NotNull
                    @Valid
                    SendRequest wanted) {
        return answer(202, challenges.send(challenge, wanted));
    }

    @POST
    @PermitAll
    @SecurityRequirements
    @Path("/{challenge}/verify")
    @Operation(
            summary = "Sign in as an operator: the second step",
            description =
                    "Gives an access token of 10 minutes with the scopes of the operator's role. What is done with it is done by"
                            + " the operator: calls of the help desk and of administrators need no other `actor`. For their"
                            + " own factors it opens `/v1/subjects/{operator}` and `/v1/challenges` too.",
            operationId = "verifySignIn",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "malformed_request not_found challenge_closed factor_unavailable invalid_code"
                                    + " too_many_attempts"))
    @APIResponse(
            responseCode = "200",
            description = "Signed in",
            content =
                    @Content(
                            schema = @Schema(implementation = SignInView.class),
                            examples = @ExampleObject(name = "approved", value = Examples.APPROVED)))
    public Response verify(
            @PathParam("challenge") String challenge,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "code", value = Examples.CODE)))
                    @NotNull
                    @Valid
                    Verification wanted) {
        return answer(200, signIns.verify(challenge, wanted));
    }

    /** At this path nobody lacks an access token. */
    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response refused(SecurityException failure) {
        return Problems.render(Problem.of(ProblemCode.INVALID_CREDENTIALS));
    }

    private static Response answer(int status, Object entity) {
        return Response.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(entity)
                .build();
    }
}
