package io.postern.housekeeping;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The work that goes on beside the calls. */
@ConfigMapping(prefix = "postern.housekeeping")
public interface HousekeepingConfig {

    /** The interval with its default, for annotations, which cannot ask the mapping. */
    String EVERY = "${postern.housekeeping.interval:1m}";

    /** How often ended rows are taken away and secrets are sealed anew after a change of the key ring. */
    @WithDefault("1m")
    Duration interval();
}
