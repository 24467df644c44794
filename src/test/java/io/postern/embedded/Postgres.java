package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL on the loopback address, durable: what is committed outlives the death of all its processes. It
 * holds one database, {@value #DATABASE}, owned by a role that is no superuser, as in production.
 */
public final class Postgres extends Store {
    private static final String DATABASE = "postern";
    private static final String ROLE = "postern";
    private static final String PASSWORD = "postern";
    private static final String SUPERUSER = "postgres";
    private static final Duration INITDB = Duration.ofSeconds(60);

    private static final int ANSWER_SECONDS = 2;

    private final Map<String, String> settings;

    /**
     * How it is started.
     *
     * @param home where to keep the data between runs; none: fresh, and removed at the end
     * @param settings of postgresql.conf, beside and above ours
     */
    public record Options(Optional<Path> home, Map<String, String> settings) {
        public static final Options TEMPORARY = new Options(Optional.empty(), Map.of());

        public static Options keptIn(Path home) {
            return new Options(Optional.of(home), Map.of());
        }
    }

    private Postgres(Options options, Watchdog watchdog) {
        super("Postgres", "INT", home(options.home(), "postgres", watchdog), Ports.free(), watchdog);
        this.settings = options.settings();
    }

    /** Starts it; returns when it answers. */
    public static Postgres start(Options options, Watchdog watchdog) {
        Postgres postgres = new Postgres(options, watchdog);
        try {
            postgres.start();
            return postgres;
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    /** The JDBC URL that the service is given, with {@link #username()} and {@link #password()}. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), DATABASE);
    }

    public String username() {
        return ROLE;
    }

    public String password() {
        return PASSWORD;
    }

    /** A new connection of the superuser to the service's database; the caller closes it. */
    public Connection connect() throws SQLException {
        return connect(DATABASE, 0);
    }

    private Connection connect(String database, int timeoutSeconds) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port()});
        source.setDatabaseName(database);
        source.setUser(SUPERUSER);
        source.setPassword(PASSWORD);
        source.setSocketTimeout(timeoutSeconds);
        return source.getConnection();
    }

    @Override
    List<String> command() {
        List<String> command = executable("postgres");
        command.addAll(List.of("-D", data().toString(), "-p", Integer.toString(port())));
        command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        command.addAll(List.of("-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "max_connections=300"));
        command.addAll(List.of("-c", "timezone=UTC", "-c", "log_timezone=UTC"));
        settings.forEach((setting, value) -> command.addAll(List.of("-c", setting + "=" + value)));
        return command;
    }

    private Path data() {
        return home().resolve("data");
    }

    /** Postgres refuses to run as root; in a user namespace of its own it does not know that it is. */
    private static List<String> executable(String name) {
        List<String> command = new ArrayList<>();
        if (Users.isRoot()) {
            Users.requireNamespaces();
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(Binaries.postgres().resolve(name).toString());
        return command;
    }

    @Override
    void beforeStart() {
        try {
            if (!Files.exists(data())) {
                initialize();
            }
            // Left by a Postgres that was killed. While its number is somebody else's, Postgres would not start.
            Path pidFile = data().resolve("postmaster.pid");
            if (Home.pidIn(pidFile).filter(ProcessTree::runs).isPresent()) {
                Files.delete(pidFile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Under another name first, so that an end half-way leaves nothing that looks like data. */
    private void initialize() throws IOException {
        Path unfinished = home().resolve("data.unfinished");
        Path password = home().resolve("password");
        Directories.delete(unfinished);
        Files.writeString(password, PASSWORD);
        List<String> command = executable("initdb");
        command.addAll(List.of("-D", unfinished.toString(), "-U", SUPERUSER, "--pwfile", password.toString()));
        command.addAll(List.of("-A", "scram-sha-256", "-E", "UTF-8"));
        command.addAll(List.of("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"));
        Child initdb = launch(command);
        if (!initdb.endsWithin(INITDB) || initdb.exitValue() != 0) {
            initdb.kill();
            throw initdb.failure("did not initialize");
        }
        Files.delete(password);
        Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    boolean answers() {
        try (Connection connection = connect(SUPERUSER, ANSWER_SECONDS)) {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    void afterStart() {
        try (Connection connection = connect(SUPERUSER, 0);
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + ROLE + "'")) {
                statement.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
            }
            if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + ROLE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.next();
        }
    }
}
