package io.postern.administration;

import io.postern.application.Applications;
import io.postern.event.SecurityEvent;
import io.postern.policy.Policies;
import io.postern.policy.Policy;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes, lists, changes, suspends and resumes applications. A change is seen by all copies at once (RULES I1). */
@Singleton
class ApplicationCare {

    /** The audience of access tokens (RULES A4), and Postern's own application, which comes with the configuration. */
    private static final Set<String> RESERVED = Set.of("postern", Applications.CONSOLE);

    private final Admission admission;
    private final ManagedApplication.Repository repository;
    private final Policies policies;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    ApplicationCare(
            Admission admission,
            ManagedApplication.Repository repository,
            Policies policies,
            Event<SecurityEvent> events,
            Clock clock) {
        this.admission = admission;
        this.repository = repository;
        this.policies = policies;
        this.events = events;
        this.clock = clock;
    }

    /** @throws Problem {@code console_only}, {@code application_exists} */
    @Transactional
    ApplicationView create(NewApplication wanted, Policy.Written policy) {
        var manager = admission.hold();
        manager.requireConsole();
        var addresses = wanted.returnAddresses() == null ? List.<String>of() : wanted.returnAddresses();
        if (RESERVED.contains(wanted.id()) || !insert(wanted, policies.text(policy), manager.client())) {
            throw Problem.of(ProblemCode.APPLICATION_EXISTS);
        }
        var row = repository.require(wanted.id());
        row.returnAddresses = addresses;
        events.fire(new SecurityEvent.ApplicationCreated(manager.about(row.id)));
        return ApplicationView.of(row);
    }

    /** False when the id is taken: of two calls at once one makes it. */
    private boolean insert(NewApplication wanted, String policy, String client) {
        var now = clock.instant();
        return repository
                        .getEntityManager()
                        .createNativeQuery(
                                "insert into application (id, name, policy, created_at, policy_changed_at, policy_changed_by)"
                                        + " values (?1, ?2, cast(?3 as jsonb), ?4, ?4, ?5) on conflict do nothing")
                        .setParameter(1, wanted.id())
                        .setParameter(2, wanted.name())
                        .setParameter(3, policy)
                        .setParameter(4, now)
                        .setParameter(5, client)
                        .executeUpdate()
                == 1;
    }

    /** All for Postern's own clients, the own one for others. */
    @Transactional
    ApplicationView.Page list(@Nullable String cursor, int limit) {
        var manager = admission.admit();
        var last = Cursor.last(cursor);
        if (!manager.isConsole()) {
            return new ApplicationView.Page(
                    List.of(ApplicationView.of(repository.require(manager.application()))), null);
        }
        var found = repository
                .find("id > ?1 order by id", last == null ? "" : last)
                .range(0, limit)
                .list();
        var shown = found.stream().limit(limit).map(ApplicationView::of).toList();
        return new ApplicationView.Page(
                shown, found.size() > limit ? Cursor.after(shown.getLast().id()) : null);
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    ApplicationView get(String id) {
        admission.admit().requireReach(id);
        return ApplicationView.of(repository.require(id));
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    ApplicationView change(String id, ApplicationChange wanted) {
        var held = admission.holding(id);
        var row = held.row();
        var before = ApplicationView.of(row);
        if (wanted.name() != null) {
            row.name = wanted.name();
        }
        if (wanted.returnAddresses() != null) {
            row.returnAddresses = wanted.returnAddresses();
        }
        var after = ApplicationView.of(row);
        if (!after.equals(before)) {
            events.fire(new SecurityEvent.ApplicationChanged(held.manager().about(id)));
        }
        return after;
    }

    /**
     * Suspends an application: from now on nothing is verified or changed for it.
     *
     * @throws Problem {@code not_found}, {@code console_only}, {@code own_application} for Postern's own, which nobody could resume
     */
    @Transactional
    ApplicationView suspend(String id) {
        var held = holding(id);
        var row = held.row();
        if (id.equals(Applications.CONSOLE)) {
            throw Problem.of(ProblemCode.OWN_APPLICATION);
        }
        if (row.suspendedAt == null) {
            row.suspendedAt = clock.instant();
            events.fire(new SecurityEvent.ApplicationSuspended(held.manager().about(id)));
        }
        return ApplicationView.of(row);
    }

    /** @throws Problem {@code not_found}, {@code console_only} */
    @Transactional
    ApplicationView resume(String id) {
        var held = holding(id);
        var row = held.row();
        if (row.suspendedAt != null) {
            row.suspendedAt = null;
            events.fire(new SecurityEvent.ApplicationResumed(held.manager().about(id)));
        }
        return ApplicationView.of(row);
    }

    /** Whoever may not see an application is told that there is no such thing, before all else. */
    private Admission.Held holding(String id) {
        var held = admission.holding(id);
        held.manager().requireConsole();
        return held;
    }
}
