package io.postern.operator;

import io.postern.access.Caller;
import io.postern.access.OperatorToken;
import io.postern.application.Applications;
import io.postern.enrollment.FactorReset;
import io.postern.event.About;
import io.postern.event.Errand;
import io.postern.event.SecurityEvent;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Operators look after each other: nobody after themselves, and nobody after a role that is not below theirs, but for
 * administrators (RULES F4). Both rows are held for each change, so that of two administrators who demote each other one does; and
 * since whoever acts stays what they are, the last administrator is never taken away.
 */
@Singleton
class OperatorCare {

    private final Operator.Repository repository;
    private final Invitations invitations;
    private final FactorReset factors;
    private final Applications applications;
    private final Caller caller;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    OperatorCare(
            Operator.Repository repository,
            Invitations invitations,
            FactorReset factors,
            Applications applications,
            Caller caller,
            Event<SecurityEvent> events,
            Clock clock) {
        this.repository = repository;
        this.invitations = invitations;
        this.factors = factors;
        this.applications = applications;
        this.caller = caller;
        this.events = events;
        this.clock = clock;
    }

    /** @throws Problem {@code operators_only} for an API client */
    OperatorToken requireOperator() {
        return caller.operator().orElseThrow(() -> {
            applications.requireActive(caller.home());
            return Problem.of(ProblemCode.OPERATORS_ONLY);
        });
    }

    @Transactional
    OperatorView.All list() {
        requireOperator();
        return new OperatorView.All(repository.all().stream().map(this::view).toList());
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    OperatorView get(UUID id) {
        requireOperator();
        return view(found(repository.findById(id)));
    }

    @Transactional
    OperatorView own() {
        return get(requireOperator().operator());
    }

    /** @throws Problem {@code operator_exists} */
    @Transactional
    OperatorView.Invited invite(NewOperator wanted) {
        var acting = acting(requireOperator().operator());
        if (!acting.held().mayLookAfter(wanted.role())) {
            throw Problem.of(ProblemCode.HIGHER_ROLE);
        }
        var id = UUID.randomUUID();
        if (!insert(id, wanted)) {
            throw Problem.of(ProblemCode.OPERATOR_EXISTS);
        }
        invitations.register(id, wanted.name(), wanted.email());
        var row = found(repository.findById(id));
        var about = About.client(Applications.CONSOLE, caller.client(), acting.name);
        events.fire(new SecurityEvent.OperatorInvited(about, id, wanted.role().id()));
        return invited(row);
    }

    /** Of two who take one name at once, one does. */
    private boolean insert(UUID id, NewOperator wanted) {
        return repository
                        .getEntityManager()
                        .createNativeQuery("insert into operator (id, name, role, created_at) values (?1, ?2, ?3, ?4)"
                                + " on conflict do nothing")
                        .setParameter(1, id)
                        .setParameter(2, wanted.name())
                        .setParameter(3, wanted.role().id())
                        .setParameter(4, clock.instant())
                        .executeUpdate()
                == 1;
    }

    /** Gives another role. @throws Problem {@code not_found}, {@code own_operator}, {@code higher_role} */
    @Transactional
    OperatorView change(UUID id, RoleChange wanted) {
        var pair = holding(id);
        var row = pair.target();
        if (!pair.acting().held().mayLookAfter(wanted.role())) {
            throw Problem.of(ProblemCode.HIGHER_ROLE);
        }
        if (row.held() != wanted.role()) {
            row.role = wanted.role().id();
            row.changed();
            events.fire(new SecurityEvent.OperatorChanged(
                    pair.about(wanted.reason()), id, wanted.role().id()));
        }
        return view(row);
    }

    /** From now on the operator does not sign in, and no token of theirs opens anything. @throws Problem as {@link #change} */
    @Transactional
    OperatorView suspend(UUID id, Order order) {
        var pair = holding(id);
        var row = pair.target();
        if (row.suspendedAt == null) {
            row.suspendedAt = clock.instant();
            row.changed();
            events.fire(new SecurityEvent.OperatorSuspended(pair.about(order.reason()), id));
        }
        return view(row);
    }

    /** All is as before, but for the tokens. @throws Problem as {@link #change} */
    @Transactional
    OperatorView resume(UUID id, Order order) {
        var pair = holding(id);
        var row = pair.target();
        if (row.suspendedAt != null) {
            row.suspendedAt = null;
            row.changed();
            events.fire(new SecurityEvent.OperatorResumed(pair.about(order.reason()), id));
        }
        return view(row);
    }

    /**
     * Lets the operator set another password, with the factors that they have.
     *
     * @throws Problem as {@link #change}
     */
    @Transactional
    OperatorView.Invited invite(UUID id, Order order) {
        var pair = holding(id);
        events.fire(new SecurityEvent.OperatorInvited(pair.about(order.reason()), id, pair.target().role));
        return invited(pair.target());
    }

    /**
     * Takes the operator's factors away, and the password with them: whoever has it already must not enroll a factor of their
     * own before the operator does. The way back is the one-time secret.
     *
     * @throws Problem as {@link #change}
     */
    @Transactional
    OperatorView.Invited reset(UUID id, Order order) {
        var pair = holding(id);
        var row = pair.target();
        factors.reset(
                Applications.CONSOLE, id.toString(), caller.client(), new Errand(pair.acting().name, order.reason()));
        row.password = null;
        row.enrollUntil = null;
        row.changed();
        events.fire(new SecurityEvent.OperatorReset(pair.about(order.reason()), id));
        return invited(row);
    }

    /** Who acts, and on whom; both are held until the transaction ends. */
    private record Pair(Operator acting, Operator target, String client) {
        About about(String reason) {
            return About.client(Applications.CONSOLE, client).by(new Errand(acting.name, reason));
        }
    }

    private Pair holding(UUID id) {
        var own = requireOperator();
        var rows = repository.lock(List.of(own.operator(), id)).stream()
                .collect(Collectors.toMap(row -> row.id, Function.identity()));
        var acting = standing(rows.get(own.operator()), own);
        var target = found(rows.get(id));
        if (target.id.equals(acting.id)) {
            throw Problem.of(ProblemCode.OWN_OPERATOR);
        }
        if (!acting.held().mayLookAfter(target.held())) {
            throw Problem.of(ProblemCode.HIGHER_ROLE);
        }
        return new Pair(acting, target, caller.client());
    }

    private Operator acting(UUID id) {
        return standing(repository.lock(List.of(id)).stream().findFirst().orElse(null), requireOperator());
    }

    private OperatorView.Invited invited(Operator row) {
        var secret = invitations.renew(row);
        var view = view(row);
        return new OperatorView.Invited(view, secret, Objects.requireNonNull(view.invitedUntil()));
    }

    private OperatorView view(Operator row) {
        return OperatorView.of(row, invitations.email(row.id));
    }

    /** The token was good when the call began; what counts is what the row says now. */
    private static Operator standing(@Nullable Operator row, OperatorToken token) {
        if (row == null || row.suspendedAt != null || row.version != token.version()) {
            throw Problem.of(ProblemCode.UNAUTHORIZED);
        }
        return row;
    }

    private static Operator found(@Nullable Operator row) {
        if (row == null) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        return row;
    }
}
