package io.postern.operator;

import io.postern.access.OperatorToken;
import io.postern.application.Applications;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;

/**
 * How an operator comes to a password: the first one by the bootstrap secret, others by an invitation. Either is good once, and
 * opens for a day the way to a first factor.
 */
@Singleton
class Beginnings {

    private static final String BOOTSTRAP = "bootstrap";

    private final OperatorRows rows;
    private final Operator.Repository repository;
    private final Invitations invitations;
    private final PasswordRules rules = PasswordRules.read();
    private final Passwords passwords;
    private final PasswordGate gate;
    private final BootstrapSecret secret;
    private final PasswordNotice notice;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    Beginnings(
            OperatorRows rows,
            Operator.Repository repository,
            Invitations invitations,
            Passwords passwords,
            PasswordGate gate,
            BootstrapSecret secret,
            PasswordNotice notice,
            Event<SecurityEvent> events,
            Clock clock) {
        this.rows = rows;
        this.repository = repository;
        this.invitations = invitations;
        this.passwords = passwords;
        this.gate = gate;
        this.secret = secret;
        this.notice = notice;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Makes the first operator, once.
     *
     * @throws Problem {@code invalid_credentials} also when no secret is configured, {@code bootstrap_done},
     *     {@code malformed_request} for a password that breaks a rule, and those of {@link PasswordGate#check}
     */
    OperatorView bootstrap(FirstOperator wanted, String source) {
        if (gate.check("bootstrap secret", source, () -> secret.match(wanted.secret()))
                .isEmpty()) {
            throw refused();
        }
        rules.require("password", wanted.password(), wanted.name(), wanted.email());
        var id = UUID.randomUUID();
        var stored = gate.bounded(() -> passwords.stored(id, wanted.password()));
        return insert(id, wanted, stored);
    }

    @Transactional
    OperatorView insert(UUID id, FirstOperator wanted, String stored) {
        var now = clock.instant();
        if (!rows.insertFirst(id, wanted.name(), stored, now.plus(Invitations.LIFE), now)) {
            throw Problem.of(ProblemCode.BOOTSTRAP_DONE);
        }
        invitations.register(id, wanted.name(), wanted.email());
        var about = About.client(Applications.CONSOLE, BOOTSTRAP, wanted.name());
        events.fire(new SecurityEvent.OperatorInvited(about, id, OperatorRole.ADMIN.id()));
        events.fire(new SecurityEvent.OperatorPasswordSet(about, id));
        return OperatorView.of(repository.findById(id), wanted.email());
    }

    /**
     * Sets a password with a one-time secret.
     *
     * @throws Problem {@code invalid_credentials} for one that is unknown, used or past its end, {@code malformed_request},
     *     {@code overloaded}
     */
    OperatorView accept(Acceptance acceptance) {
        var digest = invitations.digest(acceptance.invitation());
        var invited = invited(digest);
        rules.require("password", acceptance.password(), invited.name(), invited.email());
        var stored = gate.bounded(() -> passwords.stored(invited.id(), acceptance.password()));
        return setPassword(invited, digest, stored);
    }

    @Transactional
    OperatorView invited(byte[] digest) {
        return repository
                .find("invitation = ?1 and invitationEndsAt > ?2 and suspendedAt is null", digest, clock.instant())
                .firstResultOptional()
                .map(row -> OperatorView.of(row, invitations.email(row.id)))
                .orElseThrow(Beginnings::refused);
    }

    /** One statement, so that of several who use the secret at once one does. */
    @Transactional
    OperatorView setPassword(OperatorView invited, byte[] digest, String stored) {
        var now = clock.instant();
        int changed = repository.update(
                "password = ?1, invitation = null, invitationEndsAt = null, enrollUntil = ?2, version = version + 1"
                        + " where id = ?3 and invitation = ?4 and invitationEndsAt > ?5 and suspendedAt is null",
                stored,
                now.plus(Invitations.LIFE),
                invited.id(),
                digest,
                now);
        if (changed == 0) {
            throw refused();
        }
        events.fire(new SecurityEvent.OperatorPasswordSet(
                About.client(Applications.CONSOLE, OperatorToken.client(invited.id()), invited.name()), invited.id()));
        notice.tell(invited.id());
        return OperatorView.of(repository.findById(invited.id()), invited.email());
    }

    private static Problem refused() {
        return Problem.of(ProblemCode.INVALID_CREDENTIALS);
    }
}
