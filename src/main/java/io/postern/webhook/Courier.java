package io.postern.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.postern.crypto.UndecryptableException;
import io.postern.problem.LoggedFailure;
import io.postern.problem.Problem;
import io.postern.tracing.Traces;
import io.postern.webhook.NotReached.Reason;
import io.postern.webhook.Settlement.Outcome;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Makes the call of one claimed delivery and writes down its end. Counts {@code postern_webhook_deliveries_total}. */
@Singleton
class Courier {

    private static final Logger LOG = Logger.getLogger(Courier.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final WebhookConfig config;
    private final WebhookSecrets secrets;
    private final Destinations destinations;
    private final Post post;
    private final Settlement settlement;
    private final MeterRegistry registry;
    private final Traces traces;
    private final Clock clock;

    Courier(
            WebhookConfig config,
            WebhookSecrets secrets,
            Destinations destinations,
            Post post,
            Settlement settlement,
            MeterRegistry registry,
            Traces traces,
            Clock clock) {
        this.config = config;
        this.secrets = secrets;
        this.destinations = destinations;
        this.post = post;
        this.settlement = settlement;
        this.registry = registry;
        this.traces = traces;
        this.clock = clock;
    }

    /**
     * Carries it to the end of this try.
     *
     * @param taken when it was asked for: from then on nobody else has it until the takeover
     */
    void carry(Due due, Instant taken) {
        if (clock.instant().isAfter(lastMoment(taken))) {
            return; // this copy stood still: somebody else has it, or will
        }
        Supplier<Outcome> end = due.told().subjectIsGone()
                ? () -> settlement.dropped(due)
                : traces.takenUp("deliver webhook", null, () -> attempt(due));
        var outcome = settle(end, taken.plus(config.takeover()));
        registry.counter(
                        "postern.webhook.deliveries",
                        "application",
                        due.application(),
                        "outcome",
                        outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    /** Until Postgres has taken it: what was told and is not written down would be told again. */
    private Outcome settle(Supplier<Outcome> step, Instant takeover) {
        while (true) {
            try {
                return step.get();
            } catch (Problem unavailable) {
                if (!clock.instant().plus(PAUSE).isBefore(takeover)) {
                    throw unavailable;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** The latest beginning of a call that ends before another copy takes over. */
    private Instant lastMoment(Instant taken) {
        return taken.plus(config.takeover()).minus(config.longestCall());
    }

    /** Makes the call; what is given back writes down what became of it. */
    private Supplier<Outcome> attempt(Due due) {
        try {
            var answer = call(due);
            return answer.isTaken()
                    ? () -> settlement.delivered(due, answer.status())
                    : () -> settlement.refused(due, answer);
        } catch (NotReached failure) {
            return () -> settlement.unanswered(due, failure.reason());
        } catch (UndecryptableException unreadable) {
            LOG.errorf("A secret of the webhook %s cannot be read: %s", due.endpoint(), unreadable.getMessage());
        } catch (Problem unavailable) {
            throw unavailable; // a store is away, which says nothing about the endpoint: taken over later
        } catch (RuntimeException fault) {
            LOG.errorf("The webhook delivery %s met a fault: %s", due.id(), LoggedFailure.describe(fault));
        }
        return () -> settlement.unanswered(due, Reason.INTERNAL_ERROR);
    }

    private Request.Answer call(Due due) throws NotReached {
        var end = clock.instant().plus(config.longestCall());
        var to = destinations.of(URI.create(due.url()), config.longestCall());
        var told = due.told();
        var body = Body.of(due.application(), told);
        var at = clock.instant();
        var live = secrets.open(due.endpoint());
        if (live.isEmpty()) {
            throw new NotReached(Reason.INTERNAL_ERROR); // removed a moment ago: nothing goes out unsigned
        }
        var signatures = live.stream()
                .map(secret -> secret.sign(told.message().toString(), at, body))
                .collect(Collectors.joining(" "));
        return post.send(to, new Request(told.message(), at, signatures, body), Duration.between(clock.instant(), end));
    }
}
