package io.postern.store;

import io.postern.problem.Problem;
import io.postern.problem.Problems;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionalException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Failures of Postgres inside a transaction arrive wrapped by Hibernate or the transaction manager. */
final class StoreFailureMappers {

    @ServerExceptionMapper({
        PersistenceException.class,
        RollbackException.class,
        SystemException.class,
        TransactionalException.class,
    })
    Response map(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
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
}
