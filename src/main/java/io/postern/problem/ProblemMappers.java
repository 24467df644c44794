package io.postern.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure becomes a problem here and nowhere else (RULES I2). */
final class ProblemMappers {

    private final KnownMethods methods;

    ProblemMappers(KnownMethods methods) {
        this.methods = methods;
    }

    @ServerExceptionMapper
    Response map(Problem problem) {
        return Problems.render(problem);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthorized(SecurityException failure) {
        return map(Problem.of(ProblemCode.UNAUTHORIZED));
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException failure) {
        return map(Problem.of(ProblemCode.INSUFFICIENT_SCOPE));
    }

    // By name too: Quarkus brings a mapper of its own for this one, and the nearer type wins.
    @ServerExceptionMapper({MismatchedInputException.class, JacksonException.class})
    Response json(JacksonException failure) {
        var problem = Problem.of(ProblemCode.MALFORMED_REQUEST);
        if (failure instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            var error = new FieldError(field(mapping), "is unknown or of the wrong type");
            return map(problem.with("errors", List.of(error)));
        }
        return map(problem);
    }

    @ServerExceptionMapper
    Response constraints(ConstraintViolationException failure) {
        var errors = failure.getConstraintViolations().stream()
                .map(violation -> new FieldError(leaf(violation.getPropertyPath()), violation.getMessage()))
                .distinct()
                .sorted(Comparator.comparing(FieldError::field))
                .toList();
        return map(Problem.of(ProblemCode.MALFORMED_REQUEST).with("errors", errors));
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure, HttpServerRequest request) {
        if (failure.getCause() instanceof JacksonException cause) {
            return json(cause);
        }
        int status = failure.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(failure);
        }
        if (status == 404 || status == 405) {
            return notHere(request);
        }
        return map(Problem.of(
                switch (status) {
                    case 401 -> ProblemCode.UNAUTHORIZED;
                    case 403 -> ProblemCode.INSUFFICIENT_SCOPE;
                    case 406 -> ProblemCode.NOT_ACCEPTABLE;
                    case 413 -> ProblemCode.BODY_TOO_LARGE;
                    case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
                    default -> ProblemCode.MALFORMED_REQUEST;
                }));
    }

    /** No resource: the path is unknown, or knows other methods. */
    private Response notHere(HttpServerRequest request) {
        var known = methods.of(request.path());
        if (known.isEmpty() || known.contains(request.method().name())) {
            return map(Problem.of(ProblemCode.NOT_FOUND));
        }
        return Response.fromResponse(map(Problem.of(ProblemCode.METHOD_NOT_ALLOWED)))
                .header(HttpHeaders.ALLOW, String.join(", ", known))
                .build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure) {
        return Problems.unexpected(failure);
    }

    private static String field(JsonMappingException mapping) {
        return mapping.getPath().stream()
                .map(reference -> reference.getFieldName() == null ? "[]" : reference.getFieldName())
                .map(name -> name.length() > 64 ? name.substring(0, 64) : name)
                .collect(Collectors.joining("."));
    }

    private static String leaf(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .filter(node -> node.getKind() != ElementKind.CONTAINER_ELEMENT) // a list is named, not what is in it
                .reduce((first, second) -> second)
                .map(Path.Node::getName)
                .orElse("body");
    }
}
