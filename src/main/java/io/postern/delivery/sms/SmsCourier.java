package io.postern.delivery.sms;

import io.postern.delivery.Channel;
import io.postern.delivery.Courier;
import io.postern.delivery.Handed;
import io.postern.delivery.Message;
import io.postern.delivery.NotDelivered;
import io.postern.delivery.Tries;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sends SMS through the first provider that takes them. One that fails lets the next try at once; a refused message or number
 * would be refused by the next too and ends there.
 */
@Singleton
final class SmsCourier implements Courier {

    private final List<SmsProvider> providers;
    private final Tries tries;
    private final Clock clock;

    SmsCourier(SmsConfig config, Tries tries, Clock clock) {
        this.providers = config.providers().orElse(List.of()).stream()
                .distinct()
                .map(kind -> provider(kind, config, clock))
                .toList();
        this.tries = tries;
        this.clock = clock;
    }

    private static SmsProvider provider(ProviderKind kind, SmsConfig config, Clock clock) {
        return switch (kind) {
            case TWILIO -> new TwilioProvider(config.twilio());
            case HTTP -> new HttpProvider(config.http(), clock);
        };
    }

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    public boolean isOn() {
        return !providers.isEmpty();
    }

    @Override
    public Handed send(Message message, Duration limit) {
        var end = clock.instant().plus(limit);
        var failure = Optional.<NotDelivered>empty();
        for (var provider : providers) {
            var left = Duration.between(clock.instant(), end);
            if (!left.isPositive()) {
                break;
            }
            try {
                return tries.at(
                        channel(),
                        provider.name(),
                        () -> provider.send(message.to(), message.content().text(), message.id(), left));
            } catch (NotDelivered notDelivered) {
                if (notDelivered.isRefused()) {
                    throw notDelivered;
                }
                failure = failure.filter(NotDelivered::isUnanswered).or(() -> Optional.of(notDelivered));
            }
        }
        throw failure.orElseThrow(() -> new IllegalStateException("No SMS provider is configured"));
    }
}
