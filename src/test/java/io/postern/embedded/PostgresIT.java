package io.postern.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @SuppressWarnings("NullAway.Init")
    private static Watchdog watchdog;

    @SuppressWarnings("NullAway.Init")
    private static Postgres postgres;

    @BeforeAll
    static void startIt() {
        watchdog = Watchdog.start();
        postgres = Postgres.start(Postgres.Options.TEMPORARY, watchdog);
    }

    @AfterAll
    static void endIt() {
        postgres.close();
        watchdog.close();
    }

    @Test
    void committedRowOutlivesTheDeathOfAllProcesses() throws SQLException {
        List<Long> before;
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE survivor AS SELECT 42 AS answer");
            before = processes();
            postgres.kill();
        }
        assertTrue(before.size() > 2, "more than the main process: " + before);
        assertTrue(before.stream().noneMatch(ProcessTree::runs));

        postgres.start();

        assertEquals("42", query("SELECT answer FROM survivor"));
    }

    @Test
    void writesAreOnDiskBeforeTheCommitReturns() throws SQLException {
        assertEquals("on on", query("""
                SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit')"""));
    }

    @Test
    void frozenItAnswersNothingAndThawedItGoesOn() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, 300);
            postgres.freeze();
            try {
                assertThrows(SQLException.class, () -> statement.execute("SELECT 1"));
            } finally {
                postgres.thaw();
            }
        }
        Await.until(SOON, "Postgres answers again", postgres::answers);
    }

    @Test
    void serviceRoleOwnsItsDatabaseAndIsNoSuperuser() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.url(), postgres.username(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE made_by_the_service (id int)");
        }
        assertEquals("false", query("SELECT rolsuper::text FROM pg_roles WHERE rolname = 'postern'"));
    }

    @Test
    void keptDataIsThereInTheNextRunButNotInTwoAtOnce(@TempDir Path home) throws Exception {
        Postgres.Options options = Postgres.Options.keptIn(home);
        try (Postgres first = Postgres.start(options, watchdog)) {
            execute(first, "CREATE TABLE kept AS SELECT 'yes' AS answer");
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> Postgres.start(options, watchdog));
            assertEquals(home + " is in use by another run", refused.getMessage());
        }
        staleFilesOfAKilledRun(home);
        try (Postgres second = Postgres.start(options, watchdog)) {
            assertEquals("yes", query(second, "SELECT answer FROM kept"));
        }
    }

    @Test
    void postgresLeftByARunThatWasKilledWithItsWatchdogIsEndedFirst(@TempDir Path home) throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] said = holder.inputReader().readLine().split(" ", -1);
        long holdersWatchdog = Long.parseLong(said[0]);
        long orphan = Long.parseLong(said[1]);
        ProcessTree.signal("KILL", List.of(holdersWatchdog, holder.pid()));
        holder.waitFor();
        assertTrue(ProcessTree.runs(orphan));

        Postgres.start(Postgres.Options.keptIn(home), watchdog).close();

        assertFalse(ProcessTree.runs(orphan));
    }

    /** Holds a Postgres in the given directory. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] home) throws IOException {
            Watchdog watchdog = Watchdog.start();
            Postgres postgres = Postgres.start(Postgres.Options.keptIn(Path.of(home[0])), watchdog);
            System.out.println(watchdog.pid() + " " + postgres.pid());
            System.in.read();
        }
    }

    /** As if Postgres had been killed and its number were by now that of a process which is not Postgres. */
    private static void staleFilesOfAKilledRun(Path home) throws IOException {
        String foreign = Long.toString(watchdog.pid());
        Files.writeString(home.resolve("data/postmaster.pid"), foreign + "\n");
        Files.writeString(home.resolve("pid"), foreign);
    }

    private static List<Long> processes() {
        ProcessHandle root = ProcessHandle.of(postgres.pid()).orElseThrow();
        return Stream.concat(Stream.of(root), root.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    private static void execute(Postgres on, String sql) throws SQLException {
        try (Connection connection = on.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String sql) throws SQLException {
        return query(postgres, sql);
    }

    private static String query(Postgres on, String sql) throws SQLException {
        try (Connection connection = on.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertTrue(result.next());
            return result.getString(1);
        }
    }
}
