package io.postern.application;

import io.postern.policy.Policies;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/** Finds applications. */
@Singleton
public class Applications {

    private final Application.Repository repository;
    private final Policies policies;

    Applications(Application.Repository repository, Policies policies) {
        this.repository = repository;
        this.policies = policies;
    }

    /** Whether the application is there and not suspended, as Postgres has it now. */
    @Transactional
    public boolean isActive(String id) {
        var application = repository.findById(id);
        return application != null && application.suspendedAt == null;
    }

    /**
     * The application as Postgres has it now, so that a suspension is seen at once (RULES I1).
     *
     * @throws Problem {@code application_suspended}, {@code unauthorized} when the application is gone
     */
    @Transactional
    public ApplicationState requireActive(String id) {
        var application = repository.findById(id);
        if (application == null) {
            throw Problem.of(ProblemCode.UNAUTHORIZED);
        }
        if (application.suspendedAt != null) {
            throw Problem.of(ProblemCode.APPLICATION_SUSPENDED);
        }
        return new ApplicationState(application.id, application.name, policies.parse(application.policy));
    }
}
