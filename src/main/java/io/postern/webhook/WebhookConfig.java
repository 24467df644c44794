package io.postern.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How webhooks are sent, and where to. */
@ConfigMapping(prefix = "postern.webhook")
interface WebhookConfig {

    /**
     * Networks that webhooks may go to although they are private, local or reserved, such as {@code 10.20.0.0/16,fd00:1::/32}.
     * Plain HTTP is good there too. None: public addresses and HTTPS alone.
     */
    Optional<List<String>> allowedNetworks();

    /** How many calls one copy makes at once; at most 4 of them to the same endpoint. */
    @WithDefault("16")
    int workers();

    /** How long to wait for a connection. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** How long a call may take in all, from the lookup of the name to the status of the answer; then it has failed. */
    @WithDefault("10s")
    Duration longestCall();

    /** After which time another copy takes over a call that a copy has begun and not finished. At least twice the longest call. */
    @WithDefault("1m")
    Duration takeover();
}
