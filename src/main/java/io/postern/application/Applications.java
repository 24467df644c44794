package io.postern.application;

import io.postern.policy.Policies;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/** Finds applications. */
@Singleton
public class Applications {

    /** The id of Postern's own application, whose clients look after all others. */
    public static final String CONSOLE = "postern-console";

    private final Application.Repository repository;
    private final Policies policies;

    Applications(Application.Repository repository, Policies policies) {
        this.repository = repository;
        this.policies = policies;
    }

    /** Whether there is such an application, suspended or not. */
    @Transactional
    public boolean isKnown(String id) {
        return repository.findByIdOptional(id).isPresent();
    }

    /**
     * The application as Postgres has it now, so that a suspension is seen at once (RULES I1).
     *
     * @throws Problem {@code application_suspended}, {@code unauthorized} when the application is gone, {@code policy_invalid}
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
        return new ApplicationState(application.id, application.name, policies.stored(id, application.policy));
    }
}
