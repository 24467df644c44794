package io.postern.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Answers a body that announces itself as too large before it is read; the server would answer with no body at all. */
@Singleton
class BodyLimit {

    private static final int PRIORITY = 500;

    private final long limit;
    private final String answer;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit, ObjectMapper mapper)
            throws JsonProcessingException {
        this.limit = limit.asLongValue();
        this.answer = mapper.writeValueAsString(ProblemDetails.of(Problem.of(ProblemCode.BODY_TOO_LARGE)));
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, PRIORITY);
    }

    private void filter(RoutingContext context) {
        if (isTooLong(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))) {
            context.response()
                    .setStatusCode(ProblemCode.BODY_TOO_LARGE.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE)
                    .putHeader(HttpHeaders.CONNECTION, "close") // what is still being sent is not waited for
                    .end(answer);
        } else {
            context.next();
        }
    }

    private boolean isTooLong(@Nullable String length) {
        try {
            return length != null && Long.parseLong(length) > limit;
        } catch (NumberFormatException e) {
            return false; // the server refuses it
        }
    }
}
