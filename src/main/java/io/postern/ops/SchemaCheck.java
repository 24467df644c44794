package io.postern.ops;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/**
 * A copy that is told not to migrate does not start on a database that lacks a migration which it knows: it says so in one
 * sentence, and nothing of it has begun to work. A database that is ahead is the one of a newer copy, and will do.
 */
@Singleton
class SchemaCheck {

    private static final int BEFORE_ANY_WORK = Interceptor.Priority.PLATFORM_BEFORE - 2;

    private final Flyway flyway;
    private final boolean migrates;

    SchemaCheck(Flyway flyway, @ConfigProperty(name = "quarkus.flyway.migrate-at-start") boolean migrates) {
        this.flyway = flyway;
        this.migrates = migrates;
    }

    void onStart(@Observes @Priority(BEFORE_ANY_WORK) StartupEvent start) {
        if (migrates) {
            return; // it was done before this event
        }
        var migrations = flyway.info();
        var missing = migrations.pending();
        if (missing.length > 0) {
            throw new IllegalStateException(sentence(Optional.ofNullable(migrations.current()), missing));
        }
    }

    private static String sentence(Optional<MigrationInfo> current, MigrationInfo[] missing) {
        return "The database is at version " + current.map(SchemaCheck::version).orElse("none") + " and lacks "
                + Arrays.stream(missing).map(SchemaCheck::version).collect(Collectors.joining(", "))
                + ". Migrate it first, with a copy of this version and QUARKUS_INIT_AND_EXIT=true, or let this copy"
                + " migrate it: QUARKUS_FLYWAY_MIGRATE_AT_START=true";
    }

    private static String version(MigrationInfo migration) {
        return String.valueOf(migration.getVersion());
    }
}
