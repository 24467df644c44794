package io.postern.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How messages are taken out of the queue and sent. The same for each channel. */
@ConfigMapping(prefix = "postern.delivery")
public interface DeliveryConfig {

    /** How many messages of a channel one copy sends at once. */
    @WithDefault("8")
    int workers();

    /** How long one try of a message may take, over all providers; then it has failed. At least 2 s. */
    @WithDefault("10s")
    Duration longestTry();

    /** After which time another copy takes over a message that a copy has begun and not finished. At least twice the longest try. */
    @WithDefault("30s")
    Duration takeover();
}
