package io.postern.input;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses paths that would be understood as others: matrix parameters are cut off, empty and dot segments are folded away,
 * and a subject's id in the path must be the one that is meant, byte for byte (RULES B3). An id with such characters is to
 * be percent-encoded.
 */
final class PathFilter {

    private static final Pattern AMBIGUOUS = Pattern.compile(";|//|/(\\.|%2[eE]){1,2}(/|$)");

    @ServerRequestFilter(preMatching = true)
    void check(HttpServerRequest request) {
        var path = request.path();
        if (path == null || isAmbiguous(path)) {
            throw Problem.of(ProblemCode.MALFORMED_REQUEST);
        }
    }

    static boolean isAmbiguous(String path) {
        return AMBIGUOUS.matcher(path).find();
    }
}
