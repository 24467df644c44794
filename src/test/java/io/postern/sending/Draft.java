package io.postern.sending;

import io.postern.delivery.Channel;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A send that differs from all others in everything but what a test sets. */
record Draft(
        String application,
        String slot,
        UUID factor,
        Channel channel,
        String destination,
        Optional<String> region,
        boolean proven,
        @Nullable String ip,
        int dailyBudget) {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int BUDGET = 500;

    /** A mail to an unproven address. */
    static Draft mail() {
        int number = COUNT.incrementAndGet();
        return draft(Channel.EMAIL, "person" + number + "@example.com", Optional.empty());
    }

    /** An SMS to an unproven number of the United States. */
    static Draft sms() {
        return draft(Channel.SMS, "+1415%07d".formatted(COUNT.incrementAndGet()), Optional.of("US"));
    }

    private static Draft draft(Channel channel, String destination, Optional<String> region) {
        var slot = UUID.randomUUID().toString();
        return new Draft("app-" + slot, slot, UUID.randomUUID(), channel, destination, region, false, null, BUDGET);
    }

    Draft of(String otherApplication) {
        return new Draft(otherApplication, slot, factor, channel, destination, region, proven, ip, dailyBudget);
    }

    Draft by(String otherSlot) {
        return new Draft(application, otherSlot, factor, channel, destination, region, proven, ip, dailyBudget);
    }

    Draft with(UUID otherFactor) {
        return new Draft(application, slot, otherFactor, channel, destination, region, proven, ip, dailyBudget);
    }

    Draft to(String other) {
        return new Draft(application, slot, factor, channel, other, region, proven, ip, dailyBudget);
    }

    Draft in(String otherRegion) {
        var other = Optional.of(otherRegion);
        return new Draft(application, slot, factor, channel, destination, other, proven, ip, dailyBudget);
    }

    Draft proved() {
        return new Draft(application, slot, factor, channel, destination, region, true, ip, dailyBudget);
    }

    Draft from(String address) {
        return new Draft(application, slot, factor, channel, destination, region, proven, address, dailyBudget);
    }

    Draft within(int budget) {
        return new Draft(application, slot, factor, channel, destination, region, proven, ip, budget);
    }

    Send send() {
        return new Send(application, slot, factor, channel, destination, region, proven, ip, dailyBudget);
    }
}
