package io.postern.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The people who run Postern, and how their passwords are checked. */
@ConfigMapping(prefix = "postern.operators")
interface OperatorConfig {

    /**
     * Makes the first operator, while there is none; choose 32 characters or more, at random, and take it away afterwards. Without
     * it nobody makes the first one.
     */
    Optional<String> bootstrapSecret();

    /** The cost of bcrypt for new passwords, 10 to 16; each one more doubles the time of a check. */
    @WithDefault("12")
    int bcryptCost();

    /** How many passwords one copy works on at once; more are answered 503. */
    @WithDefault("2")
    int concurrentChecks();
}
