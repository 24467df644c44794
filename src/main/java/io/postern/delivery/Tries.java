package io.postern.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.postern.problem.LoggedFailure;
import io.postern.tracing.Traces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jboss.logging.Logger;

/**
 * What becomes of the tries at each provider: {@code postern_delivery_provider_seconds} by channel, provider and outcome,
 * {@code postern_delivery_failures_total} by reason, the last outcome for health, and a line in the log when a provider begins to fail and when it works again.
 */
@Singleton
public final class Tries {

    private static final Logger LOG = Logger.getLogger(Tries.class);

    private final MeterRegistry registry;
    private final Traces traces;
    private final Clock clock;
    private final Map<String, Last> last = new ConcurrentSkipListMap<>();

    public Tries(MeterRegistry registry, Traces traces, Clock clock) {
        this.registry = registry;
        this.traces = traces;
        this.clock = clock;
    }

    private enum Outcome {
        SENT,
        REFUSED,
        FAILED
    }

    private record Last(Outcome outcome, Instant at, Optional<FailureReason> reason) {

        String text() {
            return outcome.name().toLowerCase(Locale.ROOT) + " at " + at
                    + reason.map(why -> ": " + why.id()).orElse("");
        }
    }

    /**
     * Makes one try and tells how long it took; lets its failure through, and what is no {@link NotDelivered} becomes one that
     * may be tried again.
     */
    public Handed at(Channel channel, String provider, Runnable attempt) {
        long begin = registry.config().clock().monotonicTime();
        Outcome outcome = Outcome.FAILED;
        Optional<NotDelivered> failure = Optional.empty();
        try {
            traces.call("send " + channel.id(), provider, attempt);
            outcome = Outcome.SENT;
            return new Handed(provider, since(begin));
        } catch (NotDelivered notDelivered) {
            outcome = notDelivered.isRefused() ? Outcome.REFUSED : Outcome.FAILED;
            failure = Optional.of(notDelivered);
            throw notDelivered;
        } catch (RuntimeException fault) {
            var notDelivered = NotDelivered.failed(provider, fault);
            failure = Optional.of(notDelivered);
            throw notDelivered;
        } finally {
            registry.timer(
                            "postern.delivery.provider",
                            "channel",
                            channel.id(),
                            "provider",
                            provider,
                            "outcome",
                            outcome.name().toLowerCase(Locale.ROOT))
                    .record(since(begin));
            remember(channel, provider, outcome, failure);
        }
    }

    private Duration since(long begin) {
        return Duration.ofNanos(registry.config().clock().monotonicTime() - begin);
    }

    /** A refused destination says nothing about its provider. */
    private void remember(Channel channel, String provider, Outcome outcome, Optional<NotDelivered> failure) {
        var reason = failure.filter(one -> !one.isRefused()).map(NotDelivered::reason);
        var before = last.put(channel.id() + "." + provider, new Last(outcome, clock.instant(), reason));
        if (before == null) { // a counter that begins at 1 has not grown for who watches it
            Arrays.stream(FailureReason.values()).forEach(why -> failures(channel, provider, why));
        }
        reason.ifPresent(why -> failures(channel, provider, why).increment());
        boolean failed = outcome == Outcome.FAILED;
        boolean failedBefore = before != null && before.outcome() == Outcome.FAILED;
        if (failed && !failedBefore) {
            LOG.warnf(
                    "The provider %s of %s fails (%s); its messages are tried again until their end: %s",
                    provider,
                    channel.id(),
                    reason.orElse(FailureReason.OTHER).id(),
                    failure.map(Tries::describe).orElse(""));
        } else if (!failed && failedBefore) {
            LOG.infof("The provider %s of %s works again", provider, channel.id());
        }
    }

    private Counter failures(Channel channel, String provider, FailureReason reason) {
        return registry.counter(
                "postern.delivery.failures", "channel", channel.id(), "provider", provider, "reason", reason.id());
    }

    private static String describe(NotDelivered failure) {
        return LoggedFailure.describe(Objects.requireNonNullElse(failure.getCause(), failure));
    }

    /** For health: per provider the last outcome, when it was and why. */
    Map<String, String> lastOf(Channel channel) {
        var outcomes = new TreeMap<String, String>();
        last.forEach((provider, what) -> {
            if (provider.startsWith(channel.id() + ".")) {
                outcomes.put(provider, what.text());
            }
        });
        return outcomes;
    }
}
