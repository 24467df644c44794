package io.postern.operator;

import io.postern.access.Caller;
import io.postern.access.OperatorToken;
import io.postern.application.Applications;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.factor.Level;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.subject.Subjects;
import io.postern.token.Action;
import io.postern.token.Proofs;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operator changes their own password: with the one before, and a fresh proof of the second factor (RULES F1). */
@Singleton
class OwnPassword {

    private final Operator.Repository repository;
    private final OperatorCare care;
    private final Subjects subjects;
    private final Applications applications;
    private final Proofs proofs;
    private final PasswordRules rules = PasswordRules.read();
    private final Passwords passwords;
    private final PasswordGate gate;
    private final PasswordNotice notice;
    private final Caller caller;
    private final Event<SecurityEvent> events;

    OwnPassword(
            Operator.Repository repository,
            OperatorCare care,
            Subjects subjects,
            Applications applications,
            Proofs proofs,
            Passwords passwords,
            PasswordGate gate,
            PasswordNotice notice,
            Caller caller,
            Event<SecurityEvent> events) {
        this.repository = repository;
        this.care = care;
        this.subjects = subjects;
        this.applications = applications;
        this.proofs = proofs;
        this.passwords = passwords;
        this.gate = gate;
        this.notice = notice;
        this.caller = caller;
        this.events = events;
    }

    /**
     * Changes it, which ends the operator's access tokens.
     *
     * @throws Problem {@code operators_only}, {@code malformed_request} when the new one breaks a rule,
     *     {@code invalid_credentials} when the old one is wrong, {@code verification_required}, and those of
     *     {@link PasswordGate#check}
     */
    void change(PasswordChange wanted, @Nullable String proof, String source) {
        var token = care.requireOperator();
        var own = care.own();
        judge(token, proof);
        rules.require("new_password", wanted.newPassword(), own.name(), own.email());
        var known = current(token);
        var right = gate.check(
                own.name(),
                source,
                () -> Optional.of(wanted.currentPassword())
                        .filter(password -> passwords.matches(token.operator(), password, known)));
        if (right.isEmpty()) {
            throw Problem.of(ProblemCode.INVALID_CREDENTIALS);
        }
        var stored = gate.bounded(() -> passwords.stored(token.operator(), wanted.newPassword()));
        replace(token, known, stored, proof);
    }

    @Transactional
    void judge(OperatorToken token, @Nullable String proof) {
        proofs.judge(proof, demand(token));
    }

    @Transactional
    String current(OperatorToken token) {
        var password = repository.findById(token.operator()).password;
        if (password == null) {
            throw Problem.of(ProblemCode.UNAUTHORIZED);
        }
        return password;
    }

    @Transactional
    void replace(OperatorToken token, String known, String stored, @Nullable String proof) {
        var row = repository.lock(List.of(token.operator())).getFirst();
        if (row.suspendedAt != null || row.version != token.version() || !known.equals(row.password)) {
            throw Problem.of(ProblemCode.UNAUTHORIZED);
        }
        proofs.spend(proof, demand(token));
        row.password = stored;
        row.changed();
        events.fire(new SecurityEvent.OperatorPasswordSet(
                About.client(Applications.CONSOLE, caller.client(), row.name), row.id));
        notice.tell(row.id);
    }

    private Proofs.Demand demand(OperatorToken token) {
        var subject = subjects.require(Applications.CONSOLE, token.operator().toString());
        var maxAge = applications.requireActive(Applications.CONSOLE).policy().proofAge();
        return new Proofs.Demand(
                Applications.CONSOLE,
                subject.externalId(),
                subject.version(),
                Action.CHANGE_PASSWORD,
                Level.SECOND_FACTOR,
                maxAge,
                null);
    }
}
