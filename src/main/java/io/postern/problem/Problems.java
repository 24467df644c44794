package io.postern.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;

/** Renders problems. */
public final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    private Problems() {}

    public static Response render(Problem problem) {
        var response = Response.status(problem.code().status())
                .type(ProblemDetails.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(ProblemDetails.of(problem));
        var retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter.toSeconds());
        }
        if (problem.code() == ProblemCode.UNAUTHORIZED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.code() == ProblemCode.INVALID_CREDENTIALS) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"postern-operators\", charset=\"UTF-8\"");
        }
        return response.build();
    }

    /** A fault of ours: the caller learns nothing of it, the log its types and places. */
    public static Response unexpected(Throwable failure) {
        LOG.error(LoggedFailure.describe(failure));
        return render(Problem.of(ProblemCode.INTERNAL_ERROR));
    }
}
