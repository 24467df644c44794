package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Postgres and a standby that follows it by streaming replication. */
public final class PostgresPair implements AutoCloseable {
    private static final Duration FOLLOWS = Duration.ofSeconds(30);
    private static final String STANDBY = "standby";

    private final Postgres primary;
    private final Postgres standby;

    private PostgresPair(Postgres primary, Postgres standby) {
        this.primary = primary;
        this.standby = standby;
    }

    /**
     * Starts both; returns when the standby follows.
     *
     * @param synchronous whether a commit is answered only when the standby has it on its disk
     */
    public static PostgresPair start(boolean synchronous, Watchdog watchdog) {
        var homes = watchdog.scratch();
        var primary = Postgres.start(Postgres.Options.keptIn(homes.resolve("primary")), watchdog);
        var standby = Optional.<Postgres>empty();
        try {
            primary.stop();
            copy(homes.resolve("primary/data"), homes.resolve("standby/data"));
            Files.createFile(homes.resolve("standby/data/standby.signal"));
            primary.start();
            var settings = Map.of(
                    "primary_conninfo",
                    "host=127.0.0.1 port=%d user=postgres password=postern application_name=%s"
                            .formatted(primary.port(), STANDBY));
            standby = Optional.of(
                    Postgres.start(new Postgres.Options(Optional.of(homes.resolve("standby")), settings), watchdog));
            var pair = new PostgresPair(primary, standby.get());
            pair.follow(synchronous);
            return pair;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            standby.ifPresent(Postgres::close);
            primary.close();
            throw e;
        }
    }

    private void follow(boolean synchronous) {
        if (synchronous) {
            execute(primary, "alter system set synchronous_standby_names = '" + STANDBY + "'");
            execute(primary, "select pg_reload_conf()");
        }
        var state = synchronous ? "sync" : "async";
        Await.until(FOLLOWS, "the standby follows", () -> count(primary, """
                select count(*) from pg_stat_replication where state = 'streaming' and sync_state = '%s'
                """.formatted(state)) == 1);
    }

    /** As {@code pg_basebackup} makes it; the server is down meanwhile. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectory(
                        to.resolve(from.relativize(directory)),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** How the service finds whichever takes writes: configuration as environment variables. */
    public Map<String, String> environment() {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postern?targetServerType=primary"
                        .formatted(primary.port(), standby.port()));
    }

    public Postgres primary() {
        return primary;
    }

    public Postgres standby() {
        return standby;
    }

    /** The standby takes over; returns when it takes writes. */
    public void promote() {
        execute(standby, "select pg_promote(wait => true)");
    }

    private static void execute(Postgres postgres, String sql) {
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The number that a query on one of the two answers. */
    public static long count(Postgres postgres, String sql, Object... values) {
        try (var connection = postgres.connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        Closing.all(List.of(standby, primary));
    }
}
