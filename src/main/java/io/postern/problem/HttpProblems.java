package io.postern.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Makes problems of what is refused before a resource is reached: a body that says it is too large, a request without a
 * host. That is the caller's fault, so it is not logged.
 */
@Singleton
final class HttpProblems {

    private static final Pattern LENGTH = Pattern.compile("\\d{1,19}");
    private static final long DROPPED_MILLIS = 2_000;

    private final ObjectMapper mapper;
    private final ErrorForms forms;
    private final MemorySize mostBytes;

    HttpProblems(
            ObjectMapper mapper,
            ErrorForms forms,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes) {
        this.mapper = mapper;
        this.forms = forms;
        this.mostBytes = mostBytes;
    }

    void onStart(@Observes Router router) {
        // First, because the handlers of Quarkus answer the same without a body.
        router.route().order(Integer.MIN_VALUE).handler(this::limit).failureHandler(this::failed);
    }

    private void limit(RoutingContext context) {
        if (isTooLarge(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            answer(context, ProblemCode.BODY_TOO_LARGE);
            drop(context);
        } else {
            context.next();
        }
    }

    /** Who still sends does not read yet, so what comes is taken and thrown away; but not for ever. */
    private static void drop(RoutingContext context) {
        var request = context.request();
        request.resume();
        context.vertx().setTimer(DROPPED_MILLIS, timer -> request.connection().close());
    }

    private boolean isTooLarge(@Nullable String length) {
        return length != null
                && LENGTH.matcher(length).matches()
                && new BigInteger(length).compareTo(mostBytes.asBigInteger()) > 0;
    }

    private void failed(RoutingContext context) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return; // the connection broke off, or the rest of a body that was refused: nobody waits for an answer
        }
        if (context.statusCode() == ProblemCode.MALFORMED_REQUEST.status()) {
            answer(context, ProblemCode.MALFORMED_REQUEST);
        } else {
            context.next();
        }
    }

    private void answer(RoutingContext context, ProblemCode code) {
        var error = forms.render(ProblemDetails.of(Problem.of(code)), context.request());
        context.response()
                .setStatusCode(code.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, error.mediaType())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(error.body() instanceof String text ? text : json(error.body()));
    }

    private String json(Object body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
