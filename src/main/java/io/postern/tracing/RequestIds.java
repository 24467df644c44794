package io.postern.tracing;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Names every request, also those that are refused before a resource is reached: by {@value #HEADER} where the caller sends a
 * well-formed one, else by one of its own. It stands in the answer and in each log line of the request.
 */
@Singleton
final class RequestIds {

    static final String HEADER = "X-Request-Id";

    /** In the context of log lines. */
    static final String KEY = "requestId";

    private static final int BEFORE_ALL_OTHERS = 1;

    /** At least 16 characters and no {@code @}: neither a code, a telephone number nor an address gets into the log by it. */
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{16,64}");

    void onStart(@Observes @Priority(BEFORE_ALL_OTHERS) Router router) {
        router.route().order(Integer.MIN_VALUE).handler(RequestIds::name).failureHandler(RequestIds::nameIfNew);
    }

    /** A request that the router refuses comes by no handler. */
    private static void nameIfNew(RoutingContext context) {
        if (context.response().headWritten() || context.response().headers().contains(HEADER)) {
            context.next();
        } else {
            name(context);
        }
    }

    private static void name(RoutingContext context) {
        var id = of(context.request().getHeader(HEADER));
        MDC.put(KEY, id);
        context.response().putHeader(HEADER, id);
        context.next();
    }

    static String of(@Nullable String given) {
        return given != null && WELL_FORMED.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }
}
