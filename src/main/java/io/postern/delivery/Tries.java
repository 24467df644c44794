package io.postern.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.postern.problem.LoggedFailure;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jboss.logging.Logger;

/**
 * What becomes of the tries at each provider: {@code postern_delivery_provider_seconds} by channel, provider and outcome, the
 * last outcome for health, and a line in the log when a provider begins to fail and when it works again.
 */
@Singleton
public final class Tries {

    private static final Logger LOG = Logger.getLogger(Tries.class);

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, Last> last = new ConcurrentSkipListMap<>();

    public Tries(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    private enum Outcome {
        SENT,
        REFUSED,
        FAILED
    }

    private record Last(Outcome outcome, Instant at) {}

    /** Makes one try and lets its failure through; what is no {@link NotDelivered} becomes one that may be tried again. */
    public void at(Channel channel, String provider, Runnable attempt) {
        var timer = Timer.start(registry);
        Outcome outcome = Outcome.FAILED;
        Optional<RuntimeException> failure = Optional.empty();
        try {
            attempt.run();
            outcome = Outcome.SENT;
        } catch (NotDelivered notDelivered) {
            outcome = notDelivered.isRefused() ? Outcome.REFUSED : Outcome.FAILED;
            failure = Optional.of(notDelivered);
            throw notDelivered;
        } catch (RuntimeException fault) {
            failure = Optional.of(fault);
            throw NotDelivered.failed(provider, fault);
        } finally {
            timer.stop(registry.timer(
                    "postern.delivery.provider",
                    "channel",
                    channel.id(),
                    "provider",
                    provider,
                    "outcome",
                    outcome.name().toLowerCase(Locale.ROOT)));
            remember(channel, provider, outcome, failure);
        }
    }

    /** A refused destination says nothing about its provider. */
    private void remember(Channel channel, String provider, Outcome outcome, Optional<RuntimeException> failure) {
        var before = last.put(channel.id() + "." + provider, new Last(outcome, clock.instant()));
        boolean failed = outcome == Outcome.FAILED;
        boolean failedBefore = before != null && before.outcome() == Outcome.FAILED;
        if (failed && !failedBefore) {
            LOG.warnf(
                    "The provider %s of %s fails; its messages are tried again until their end: %s",
                    provider, channel.id(), failure.map(Tries::reason).orElse("no reason"));
        } else if (!failed && failedBefore) {
            LOG.infof("The provider %s of %s works again", provider, channel.id());
        }
    }

    private static String reason(RuntimeException failure) {
        return LoggedFailure.describe(Objects.requireNonNullElse(failure.getCause(), failure));
    }

    /** For health: per provider the last outcome and when it was. */
    Map<String, String> lastOf(Channel channel) {
        var outcomes = new TreeMap<String, String>();
        last.forEach((provider, what) -> {
            if (provider.startsWith(channel.id() + ".")) {
                outcomes.put(provider, what.outcome().name().toLowerCase(Locale.ROOT) + " at " + what.at());
            }
        });
        return outcomes;
    }
}
