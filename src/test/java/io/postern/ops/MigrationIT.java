package io.postern.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Ports;
import io.postern.embedded.ServiceProcess;
import io.postern.harness.ExtraCopies;
import io.postern.harness.Postern;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Migration as a step before the copies start: the same artifact with {@code QUARKUS_INIT_AND_EXIT=true} migrates and ends, and
 * copies that are told not to migrate do not work on a database that is behind.
 */
final class MigrationIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final Map<String, String> STEP = Map.of("QUARKUS_INIT_AND_EXIT", "true");
    private static final Map<String, String> SERVES = Map.of("QUARKUS_FLYWAY_MIGRATE_AT_START", "false");

    private final ExtraCopies copies = ExtraCopies.beside(Postern.shared());
    private final Database database = Database.besideThatOf(Postern.shared());

    @AfterEach
    void close() {
        copies.close();
        database.close();
    }

    @Test
    void stepsThatRunAtOnceMigrateOnceAndDoNothingElse() throws Exception {
        var one = launch(STEP);
        var other = launch(STEP);

        assertEquals(0, end(one));
        assertEquals(0, end(other));

        assertEquals(database.known(), database.applied());
        assertEquals(0, database.clients(), "a step makes no clients");
        for (var step : new ServiceProcess[] {one, other}) {
            assertFalse(step.logTail(500).contains("Listening on"), step.logTail(500));
            assertFalse(step.logTail(500).contains("ERROR"), step.logTail(500));
        }
    }

    @Test
    void migrationThatFailsEndsTheStepAndLeavesTheDatabaseAsItWas() throws Exception {
        database.migrate();
        database.forgetTheNewest(); // its tables are there already, so it cannot run again
        var before = database.applied();

        var step = launch(STEP);

        assertNotEquals(0, end(step));
        assertEquals(before, database.applied());
        assertTrue(step.logTail(500).contains(database.newestFile()), step.logTail(500));
    }

    @Test
    void stepSaysThatPostgresIsAway() throws Exception {
        var away = new HashMap<>(STEP);
        away.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:%d/postern".formatted(Ports.free()));

        var step = copies.launch(away);

        assertNotEquals(0, end(step));
        assertTrue(step.logTail(500).contains("refused"), step.logTail(500));
    }

    @Test
    void copyThatDoesNotMigrateRefusesADatabaseThatIsBehind() throws Exception {
        database.migrate();
        database.forgetTheNewest();
        var before = database.applied();

        var copy = launch(SERVES);

        assertNotEquals(0, end(copy));
        assertTrue(copy.logTail(500).contains("lacks %s.".formatted(database.newest())), copy.logTail(500));
        assertFalse(copy.logTail(500).contains("Created the client"), "nothing of it has begun");
        assertEquals(before, database.applied());
    }

    /** As an older copy does that is restarted while a newer version is rolled out, or after a step back. */
    @Test
    void copyThatDoesNotMigrateServesOnADatabaseThatIsAhead() throws Exception {
        database.migrate();
        database.rememberANewer();

        var copy = launch(SERVES);
        copy.awaitReady();

        assertTrue(copy.isReady());
    }

    private ServiceProcess launch(Map<String, String> how) {
        var environment = new HashMap<>(how);
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        return copies.launch(environment);
    }

    private static int end(ServiceProcess process) throws Exception {
        process.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS);
        return process.exitValue();
    }
}
