package io.postern.challenge;

import io.micrometer.core.instrument.MeterRegistry;
import io.postern.application.Applications;
import io.postern.device.Computer;
import io.postern.device.DeviceToken;
import io.postern.device.Remembered;
import io.postern.device.RememberedDevices;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.policy.Policies;
import io.postern.policy.Policy;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.subject.SlotTags;
import io.postern.token.Recollection;
import io.postern.token.VerificationTokens;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes challenges: one statement and one script, or two statements for a remembered computer (RULES B6). Counts what asking
 * for a second step came to: {@code postern_challenge_requests_total}.
 */
@Singleton
class ChallengeCreation {

    private final EnrolledQuery query;
    private final ChallengeStore store;
    private final Applications applications;
    private final Policies policies;
    private final Outcomes outcomes;
    private final SlotTags slots;
    private final RememberedDevices devices;
    private final VerificationTokens tokens;
    private final Event<SecurityEvent> events;
    private final Clock clock;
    private final SecureRandom random;
    private final MeterRegistry registry;

    ChallengeCreation(
            EnrolledQuery query,
            ChallengeStore store,
            Applications applications,
            Policies policies,
            Outcomes outcomes,
            SlotTags slots,
            RememberedDevices devices,
            VerificationTokens tokens,
            Event<SecurityEvent> events,
            Clock clock,
            SecureRandom random,
            MeterRegistry registry) {
        this.query = query;
        this.store = store;
        this.applications = applications;
        this.policies = policies;
        this.outcomes = outcomes;
        this.slots = slots;
        this.devices = devices;
        this.tokens = tokens;
        this.events = events;
        this.clock = clock;
        this.random = random;
        this.registry = registry;
    }

    /**
     * Makes a challenge where two-factor is on: by what is stored, not by what is usable now (RULES B2).
     *
     * @throws Problem {@code not_found} for an unknown subject (RULES B3), {@code application_suspended}, {@code policy_invalid}
     */
    ChallengeView create(String application, String client, NewChallenge wanted) {
        var enrolled = query.find(application, wanted.subject()).orElseThrow(() -> {
            applications.requireActive(application);
            return Problem.of(ProblemCode.NOT_FOUND);
        });
        var policy = policies.stored(application, enrolled.policy());
        var view = switch (outcomes.of(wanted.wish(), enrolled, policy)) {
            case Outcome.NothingToPass nothing -> ChallengeView.nothingToPass(nothing.status(), nothing.graceUntil());
            case Outcome.ToPass toPass -> toPass(application, client, wanted, enrolled, policy, toPass);
        };
        count(application, wanted, view);
        return view;
    }

    private void count(String application, NewChallenge wanted, ChallengeView view) {
        registry.counter(
                        "postern.challenge.requests",
                        "application",
                        application,
                        "purpose",
                        wanted.purpose().id(),
                        "status",
                        view.status().name().toLowerCase(Locale.ROOT))
                .increment();
    }

    private ChallengeView toPass(
            String application,
            String client,
            NewChallenge wanted,
            Enrolled enrolled,
            Policy policy,
            Outcome.ToPass toPass) {
        var computer = new Computer(
                application, wanted.subject(), enrolled.subjectId(), client, wanted.ip(), wanted.userAgent());
        var shown = devices.read(computer, wanted.deviceToken());
        var recalled = toPass.rememberedWillDo()
                ? shown.flatMap(token -> devices.recall(computer, token, toPass.rememberedDays()))
                : Optional.<Remembered>empty();
        if (recalled.isPresent()) {
            return remembered(application, wanted, enrolled, recalled.get());
        }
        var id = ChallengeId.make(slots.of(application, wanted.subject()), random);
        var state = state(wanted, enrolled, policy, toPass, shown);
        store.create(id, application, state, policy.attempts(), policy.challengeLife());
        events.fire(new SecurityEvent.ChallengeCreated(About.subject(application, enrolled.subjectId(), client)));
        return ChallengeView.pending(id, state, policy.attempts());
    }

    /** Needs nothing of Redis and leaves the failures there alone (RULES D1). */
    private ChallengeView remembered(String application, NewChallenge wanted, Enrolled enrolled, Remembered device) {
        var token = tokens.issue(new Recollection(
                application, wanted.subject(), wanted.nonce(), enrolled.version(), device.provenAt(), clock.instant()));
        return ChallengeView.remembered(token, device);
    }

    private ChallengeState state(
            NewChallenge wanted, Enrolled enrolled, Policy policy, Outcome.ToPass toPass, Optional<DeviceToken> shown) {
        return new ChallengeState(
                wanted.subject(),
                enrolled.subjectId(),
                enrolled.version(),
                wanted.purpose(),
                wanted.action(),
                wanted.nonce(),
                wanted.ip(),
                wanted.userAgent(),
                clock.instant().plus(policy.challengeLife()),
                toPass.candidates(),
                toPass.rememberedDays(),
                shown.map(DeviceToken::series).orElse(null));
    }
}
