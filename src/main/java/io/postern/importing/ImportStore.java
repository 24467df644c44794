package io.postern.importing;

import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Imports and what became of their lines: a row for each line that was not imported, so that a smooth one keeps few. */
@Singleton
class ImportStore {

    private static final String ADD =
            "insert into import (id, application_id, tell_people, created_at, updated_at) values (?, ?, ?, ?, ?)";
    private static final String FIND = """
            select id, tell_people, lines_done, imported, already_there, refused, created_at, updated_at from import
            where id = ? and application_id = ?
            """;
    private static final String COUNT = """
            update import set lines_done = lines_done + ? + ? + ?, imported = imported + ?,
              already_there = already_there + ?, refused = refused + ?, updated_at = ?
            where id = ?
            """;
    private static final String NOTE = "insert into import_line (import_id, line, outcome, code, factor, field)"
            + " select ?, * from unnest(?::bigint[], ?::text[], ?::text[], ?::int[], ?::text[])";
    private static final String REPORT = """
            select n, coalesce(l.outcome, 'imported'), l.code, l.factor, l.field
            from import i, generate_series(?::bigint + 1, least(i.lines_done, ?::bigint + ?)) n
            left join import_line l on l.import_id = ? and l.line = n
            where i.id = ? order by n
            """;

    private final DataSource dataSource;

    ImportStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Transactional(TxType.MANDATORY)
    void add(UUID id, String application, boolean tellPeople, Instant now) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, id);
            statement.setString(2, application);
            statement.setBoolean(3, tellPeople);
            statement.setTimestamp(4, Timestamp.from(now));
            statement.setTimestamp(5, Timestamp.from(now));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    @Transactional
    Optional<ImportState> find(String application, UUID id) {
        return find(FIND, application, id);
    }

    /** And holds its row, so that its lines are taken one chunk after another. */
    @Transactional(TxType.MANDATORY)
    Optional<ImportState> lock(String application, UUID id) {
        return find(FIND + " for no key update", application, id);
    }

    private Optional<ImportState> find(String sql, String application, UUID id) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            statement.setString(2, application);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(read(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static ImportState read(ResultSet row) throws SQLException {
        return new ImportState(
                row.getObject(1, UUID.class),
                row.getBoolean(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getTimestamp(7).toInstant(),
                row.getTimestamp(8).toInstant());
    }

    /** Counts the lines of a chunk as done, with the stored rows of the same transaction. */
    @Transactional(TxType.MANDATORY)
    void note(UUID id, List<ReportLine> lines, Instant now) {
        try (var connection = dataSource.getConnection()) {
            count(connection, id, lines, now);
            var others = lines.stream()
                    .filter(line -> line.outcome() != Outcome.IMPORTED)
                    .toList();
            if (!others.isEmpty()) {
                keep(connection, id, others);
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static void count(Connection connection, UUID id, List<ReportLine> lines, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement(COUNT)) {
            int column = 1;
            for (int twice = 0; twice < 2; twice++) {
                for (var outcome : Outcome.values()) {
                    statement.setLong(
                            column++,
                            lines.stream()
                                    .filter(line -> line.outcome() == outcome)
                                    .count());
                }
            }
            statement.setTimestamp(column++, Timestamp.from(now));
            statement.setObject(column, id);
            statement.executeUpdate();
        }
    }

    private static void keep(Connection connection, UUID id, List<ReportLine> lines) throws SQLException {
        try (var statement = connection.prepareStatement(NOTE)) {
            statement.setObject(1, id);
            statement.setArray(2, array(connection, "bigint", lines.stream().map(ReportLine::line)));
            statement.setArray(
                    3,
                    array(
                            connection,
                            "text",
                            lines.stream().map(line -> line.outcome().id())));
            statement.setArray(4, array(connection, "text", lines.stream().map(ReportLine::code)));
            statement.setArray(5, array(connection, "int", lines.stream().map(ReportLine::factor)));
            statement.setArray(6, array(connection, "text", lines.stream().map(ReportLine::field)));
            statement.executeUpdate();
        }
    }

    /** What became of the lines after one, of so many at most. */
    @Transactional
    List<ReportLine> report(UUID id, long after, int most) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(REPORT)) {
            statement.setLong(1, after);
            statement.setLong(2, after);
            statement.setInt(3, most);
            statement.setObject(4, id);
            statement.setObject(5, id);
            var lines = new ArrayList<ReportLine>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines.add(new ReportLine(
                            rows.getLong(1),
                            Outcome.of(rows.getString(2)),
                            rows.getString(3),
                            rows.getObject(4, Integer.class),
                            rows.getString(5)));
                }
            }
            return lines;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static Array array(Connection connection, String type, Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }
}
