package io.postern.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The audit trail. */
@ConfigMapping(prefix = "postern.audit")
interface AuditConfig {

    /**
     * How long events are kept at least, a day or more. They go by the month, when the youngest of it is older: so a month
     * longer at most.
     */
    @WithDefault("400d")
    Duration retention();
}
