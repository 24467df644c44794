package io.postern.store;

import io.postern.harness.Postern;

/** The ways in which a store fails, and how it comes back. */
enum Outage {
    REDIS_STOPPED,
    REDIS_KILLED,
    REDIS_FROZEN,
    POSTGRES_STOPPED,
    POSTGRES_KILLED,
    POSTGRES_FROZEN;

    void begin(Postern postern) {
        switch (this) {
            case REDIS_STOPPED -> postern.redis().stop();
            case REDIS_KILLED -> postern.redis().kill();
            case REDIS_FROZEN -> postern.redis().freeze();
            case POSTGRES_STOPPED -> postern.postgres().stop();
            case POSTGRES_KILLED -> postern.postgres().kill();
            case POSTGRES_FROZEN -> postern.postgres().freeze();
        }
    }

    void end(Postern postern) {
        switch (this) {
            case REDIS_STOPPED, REDIS_KILLED -> postern.redis().start();
            case REDIS_FROZEN -> postern.redis().thaw();
            case POSTGRES_STOPPED, POSTGRES_KILLED -> postern.postgres().start();
            case POSTGRES_FROZEN -> postern.postgres().thaw();
        }
    }

    boolean isOfRedis() {
        return switch (this) {
            case REDIS_STOPPED, REDIS_KILLED, REDIS_FROZEN -> true;
            case POSTGRES_STOPPED, POSTGRES_KILLED, POSTGRES_FROZEN -> false;
        };
    }

    /** Whether Redis has lost all that it knew: the one of the tests keeps nothing on disk. */
    boolean emptiesRedis() {
        return this == REDIS_STOPPED || this == REDIS_KILLED;
    }
}
