package io.postern.store;

import io.postern.problem.LoggedFailure;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Tells failures of a store from failures of ours. A store that fails is a 503 and never a "no" (RULES B6): what was
 * claimed before stays claimed.
 */
public final class StoreUnavailable {

    private static final Logger LOG = Logger.getLogger(StoreUnavailable.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** SQLSTATE classes that blame the statement or its data, which is a fault of ours and no outage. */
    private static final Set<String> OUR_FAULT = Set.of("0A", "21", "22", "23", "2F", "42", "P0");

    private StoreUnavailable() {}

    /** The 503, with the store's failure in the log. */
    public static Problem because(String store, Throwable failure) {
        LOG.warnf("%s is unavailable: %s", store, LoggedFailure.describe(failure));
        return Problem.of(ProblemCode.STORE_UNAVAILABLE).retryAfter(RETRY);
    }

    /** A failed statement: the 503, or the fault itself when the statement is to blame. */
    public static RuntimeException because(SQLException failure) {
        return isOutage(failure) ? because("Postgres", failure) : new IllegalStateException(failure);
    }

    static boolean isOutage(SQLException failure) {
        var state = failure.getSQLState();
        return state == null || state.length() < 2 || !OUR_FAULT.contains(state.substring(0, 2));
    }
}
