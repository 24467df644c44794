package io.postern.challenge;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.access.Caller;
import io.postern.application.Applications;
import io.postern.application.Scope;
import io.postern.device.Computer;
import io.postern.device.RememberedDevices;
import io.postern.policy.InvalidPolicy;
import io.postern.policy.Policies;
import io.postern.policy.Policy;
import io.postern.problem.DocumentedProblems;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a creation would decide now: by the same query and the same decision, and nothing is made of it. */
@Path("/v1/policy/dry-run")
@RunOnVirtualThread
@RolesAllowed(Scope.ADMIN_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ADMIN_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Policy")
final class DryRunResource {

    private final EnrolledQuery query;
    private final Outcomes outcomes;
    private final Applications applications;
    private final Policies policies;
    private final RememberedDevices devices;
    private final Caller caller;

    DryRunResource(
            EnrolledQuery query,
            Outcomes outcomes,
            Applications applications,
            Policies policies,
            RememberedDevices devices,
            Caller caller) {
        this.query = query;
        this.outcomes = outcomes;
        this.applications = applications;
        this.policies = policies;
        this.devices = devices;
        this.caller = caller;
    }

    @POST
    @Operation(
            summary = "Try the policy on somebody",
            description =
                    "What `POST /v1/challenges` would answer for the person now, and why; with a `policy`, what it would answer"
                            + " under that one. Changes nothing and sends nothing; a `device_token` is as good afterwards as before.",
            operationId = "dryRun",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "not_found policy_invalid"))
    @APIResponse(
            responseCode = "200",
            description = "The decision",
            content =
                    @Content(
                            schema = @Schema(implementation = DryRunView.class),
                            examples = {
                                @ExampleObject(name = "pending", value = Examples.WOULD_BE_PENDING),
                                @ExampleObject(name = "remembered", value = Examples.WOULD_BE_REMEMBERED),
                                @ExampleObject(name = "grace_period", value = Examples.WOULD_BE_REQUIRED)
                            }))
    public DryRunView dryRun(
            @RequestBody(
                            content =
                                    @Content(
                                            examples = {
                                                @ExampleObject(name = "stored_policy", value = Examples.DRY_RUN),
                                                @ExampleObject(
                                                        name = "of_a_computer",
                                                        value = Examples.DRY_RUN_OF_A_COMPUTER),
                                                @ExampleObject(
                                                        name = "proposed_policy",
                                                        value = Examples.DRY_RUN_OF_A_POLICY)
                                            }))
                    @NotNull
                    @Valid
                    DryRun wanted) {
        var application = caller.administered();
        var proposed = wanted.policy() == null || wanted.policy().isNull() ? null : read(wanted.policy());
        var enrolled = query.find(application, wanted.subject()).orElseThrow(() -> {
            applications.requireActive(application);
            return Problem.of(ProblemCode.NOT_FOUND);
        });
        var policy = proposed == null ? policies.stored(application, enrolled.policy()) : proposed;
        var outcome = outcomes.of(wanted.wish(), enrolled, policy);
        return wanted.deviceToken() != null && outcome instanceof Outcome.ToPass toPass
                ? DryRunView.of(toPass, device(application, wanted, enrolled, toPass))
                : DryRunView.of(outcome);
    }

    private Reason device(String application, DryRun wanted, Enrolled enrolled, Outcome.ToPass toPass) {
        if (!toPass.rememberedWillDo()) {
            return Reason.DEVICE_SET_ASIDE;
        }
        var computer = new Computer(application, wanted.subject(), enrolled.subjectId(), caller.client(), null, null);
        return switch (devices.foretell(computer, wanted.deviceToken(), toPass.rememberedDays())) {
            case REMEMBERED -> Reason.DEVICE_REMEMBERED;
            case REUSED -> Reason.DEVICE_TOKEN_REUSED;
            case UNKNOWN -> Reason.DEVICE_UNKNOWN;
        };
    }

    private Policy read(JsonNode proposed) {
        try {
            return policies.written(proposed).toPolicy();
        } catch (InvalidPolicy e) {
            throw e.asProblem("policy");
        }
    }
}
