package io.postern.importing;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away imports, and what became of their lines, a month after the last line. */
@Singleton
final class OldImports implements HousekeepingTask {

    private static final String TAKE_AWAY_LINES = """
            delete from import_line where (import_id, line) in (
              select l.import_id, l.line from import i join import_line l on l.import_id = i.id
              where i.updated_at < now() - interval '30 days' limit ?)
            """;
    private static final String TAKE_AWAY_IMPORTS = """
            delete from import where id in (
              select id from import i where updated_at < now() - interval '30 days'
              and not exists (select from import_line where import_id = i.id) limit ?)
            """;

    @Override
    public String name() {
        return "imports";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, TAKE_AWAY_LINES).and(Batch.of(connection, TAKE_AWAY_IMPORTS));
    }
}
