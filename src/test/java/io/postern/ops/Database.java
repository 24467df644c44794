package io.postern.ops;

import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** An empty database on the Postgres of a set, for a test that migrates it; dropped when this is closed. */
final class Database implements AutoCloseable {

    private static final String HISTORY = "flyway_schema_history";
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Postern postern;
    private final String name;

    private Database(Postern postern, String name) {
        this.postern = postern;
        this.name = name;
    }

    static Database besideThatOf(Postern postern) {
        var name = "migrated_%d_%d".formatted(ProcessHandle.current().pid(), MADE.incrementAndGet());
        Sql.on(postern)
                .change("create database %s owner %s"
                        .formatted(name, postern.postgres().username()));
        return new Database(postern, name);
    }

    String url() {
        var url = postern.postgres().url();
        return url.substring(0, url.lastIndexOf('/') + 1) + name;
    }

    /** The versions that this build brings, oldest first. */
    List<String> known() {
        return versions(flyway().info().all());
    }

    String newest() {
        return known().getLast();
    }

    String newestFile() {
        var all = flyway().info().all();
        return all[all.length - 1].getScript();
    }

    /** The versions that the database has, in their order. */
    List<String> applied() {
        return texts("select version from %s where success order by installed_rank".formatted(HISTORY));
    }

    /** As the service does at its start. */
    void migrate() {
        flyway().migrate();
    }

    /** The database is as one that lacks the newest version, but for what the version made. */
    void forgetTheNewest() {
        change("delete from %s where version = '%s'".formatted(HISTORY, newest()));
    }

    /** The database has a version that this build does not know. */
    void rememberANewer() {
        change("""
                insert into %s (installed_rank, version, description, type, script, installed_by, execution_time, success)
                values (9999, '9999', 'of a newer copy', 'SQL', 'V9999__of_a_newer_copy.sql', 'postern', 0, true)
                """.formatted(HISTORY));
    }

    int clients() {
        return Integer.parseInt(texts("select count(*) from api_client").getFirst());
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(
                        url(), postern.postgres().username(), postern.postgres().password())
                .load();
    }

    private static List<String> versions(MigrationInfo[] migrations) {
        return Arrays.stream(migrations)
                .map(migration -> String.valueOf(migration.getVersion()))
                .toList();
    }

    private List<String> texts(String query) {
        var texts = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(
                        url(), postern.postgres().username(), postern.postgres().password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private void change(String statement) {
        try (var connection = DriverManager.getConnection(
                        url(), postern.postgres().username(), postern.postgres().password());
                var prepared = connection.createStatement()) {
            prepared.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    @Override
    public void close() {
        Sql.on(postern).change("drop database %s with (force)".formatted(name));
    }
}
