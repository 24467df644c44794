package io.postern.operator;

import io.postern.access.AccessTokens;
import io.postern.access.OperatorToken;
import io.postern.application.Applications;
import io.postern.challenge.ChallengeView;
import io.postern.challenge.ConsoleChallenges;
import io.postern.challenge.Verification;
import io.postern.crypto.KeyedHash;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.input.OpaqueId;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signs operators in: a challenge after the right password, an access token after the challenge. The two steps are tied by the
 * challenge's nonce, a keyed hash of the operator and their version that no caller sees: a challenge that was made elsewhere, or
 * before the password, role or standing changed, gives no token.
 */
@Singleton
class SignIns {

    private final Operator.Repository repository;
    private final ConsoleChallenges challenges;
    private final AccessTokens tokens;
    private final KeyedHash hash;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    SignIns(
            Operator.Repository repository,
            ConsoleChallenges challenges,
            AccessTokens tokens,
            KeyedHash hash,
            Event<SecurityEvent> events,
            Clock clock) {
        this.repository = repository;
        this.challenges = challenges;
        this.tokens = tokens;
        this.hash = hash;
        this.events = events;
        this.clock = clock;
    }

    /** What the right password comes to: a challenge, or the way to a first factor. */
    sealed interface Begun {
        record Asked(ChallengeView challenge) implements Begun {}

        record ToEnroll(SignInView signIn) implements Begun {}
    }

    /**
     * Goes on after the right password.
     *
     * @throws Problem {@code enrollment_closed} for one without a factor whose time to enroll one is over: a password alone opens
     *     nothing more than that, and not for longer
     */
    Begun begin(String name, @Nullable String ip, @Nullable String userAgent) {
        var operator = require(name);
        Optional<ChallengeView> challenge = challenges.create(operator.id.toString(), nonce(operator), ip, userAgent);
        return challenge.<Begun>map(Begun.Asked::new).orElseGet(() -> new Begun.ToEnroll(enrolling(operator)));
    }

    /**
     * Verifies the second step.
     *
     * @throws Problem {@code challenge_closed} also when the operator was changed or suspended since the password was right, and
     *     what {@link ConsoleChallenges#verify} throws
     */
    SignInView verify(String challenge, Verification verification) {
        var passed = challenges.verify(challenge, verification);
        var operator = signedIn(passed);
        var token = tokens.issue(new OperatorToken(
                operator.id, operator.name, operator.version, operator.held().scopes(), false));
        return SignInView.approved(operator, token, passed.recoveryCodesLeft());
    }

    @Transactional
    Operator require(String name) {
        return repository
                .find("name = ?1 and suspendedAt is null", name)
                .firstResultOptional()
                .orElseThrow(() -> Problem.of(ProblemCode.INVALID_CREDENTIALS));
    }

    @Transactional
    Operator signedIn(ConsoleChallenges.Passed passed) {
        var id = OpaqueId.find(passed.subject());
        var row = id.map(known -> repository.lock(List.of(known))).orElseThrow(SignIns::closed).stream()
                .findFirst()
                .filter(operator -> operator.suspendedAt == null)
                .filter(operator -> Objects.equals(nonce(operator), passed.nonce()))
                .orElseThrow(SignIns::closed);
        row.signedInAt = clock.instant();
        row.enrollUntil = null;
        events.fire(new SecurityEvent.OperatorSignedIn(
                About.client(Applications.CONSOLE, OperatorToken.client(row.id), row.name), row.id));
        return row;
    }

    private SignInView enrolling(Operator operator) {
        if (operator.enrollUntil == null || !clock.instant().isBefore(operator.enrollUntil)) {
            throw Problem.of(ProblemCode.ENROLLMENT_CLOSED);
        }
        var token = tokens.issue(new OperatorToken(operator.id, operator.name, operator.version, Set.of(), true));
        return SignInView.enrollmentRequired(operator, token);
    }

    private String nonce(Operator operator) {
        return hash.tag("operator sign-in", operator.id.toString(), Long.toString(operator.version));
    }

    private static Problem closed() {
        return Problem.of(ProblemCode.CHALLENGE_CLOSED);
    }
}
