package io.postern.store;

import io.postern.problem.Problem;
import io.postern.problem.Problems;
import io.quarkus.arc.ArcUndeclaredThrowableException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionalException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Failures of Postgres inside a transaction arrive wrapped by Hibernate, the transaction manager and the interceptors; those
 * of a commit are only suppressed by what is thrown.
 */
final class StoreFailureMappers {

    @ServerExceptionMapper({
        ArcUndeclaredThrowableException.class,
        PersistenceException.class,
        RollbackException.class,
        SystemException.class,
        TransactionalException.class,
    })
    Response map(Throwable failure) {
        for (var link : everythingOf(failure)) {
            if (link instanceof Problem problem) {
                return Problems.render(problem);
            }
            if (link instanceof SQLException sql) {
                return StoreUnavailable.isOutage(sql)
                        ? Problems.render(StoreUnavailable.because("Postgres", failure))
                        : Problems.unexpected(failure);
            }
        }
        return Problems.unexpected(failure);
    }

    /** The failure, its causes and all that they suppress, the nearest first. */
    private static Set<Throwable> everythingOf(Throwable failure) {
        var seen = new LinkedHashSet<Throwable>();
        var open = new ArrayDeque<>(List.of(failure));
        while (!open.isEmpty()) {
            var link = open.remove();
            if (seen.add(link)) {
                Optional.ofNullable(link.getCause()).ifPresent(open::add);
                open.addAll(List.of(link.getSuppressed()));
            }
        }
        return seen;
    }
}
