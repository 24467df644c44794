package io.postern.sending;

import io.postern.delivery.Channel;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to go out.
 *
 * @param slot the tag that the subject's keys share (RULES H1); stands for application and subject
 * @param destination normalized: a mail address, or a number in E.164
 * @param region of the number, ISO 3166-1 alpha-2; for an SMS and for nothing else
 * @param proven whether a code sent there before has come back
 * @param ip of the person as the application names it, an IP address in letters
 * @param dailyBudget SMS that the application may send to the region in 24 hours
 */
public record Send(
        String application,
        String slot,
        UUID factor,
        Channel channel,
        String destination,
        Optional<String> region,
        boolean proven,
        @Nullable String ip,
        int dailyBudget) {

    /** @throws IllegalArgumentException for an SMS without region, a mail with one, or a budget below none */
    public Send {
        if ((channel == Channel.SMS) != region.isPresent()) {
            throw new IllegalArgumentException("An SMS has a region and a mail has none");
        }
        if (dailyBudget < 0) {
            throw new IllegalArgumentException("The budget is below none");
        }
    }

    /** Tells no destination and no address. */
    @Override
    public String toString() {
        return "Send[" + application + ", " + channel + ", " + factor + "]";
    }
}
