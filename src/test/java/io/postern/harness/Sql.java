package io.postern.harness;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements on the service's database, as its superuser and past the service. */
public final class Sql {
    private final Postern postern;

    private Sql(Postern postern) {
        this.postern = postern;
    }

    public static Sql on(Postern postern) {
        return new Sql(postern);
    }

    /** The first column of the first row. */
    public long number(String query, Object... values) {
        return Long.parseLong(texts(query, values).getFirst());
    }

    /** The first column of all rows as text; {@code null} for an SQL null. */
    public List<String> texts(String query, Object... values) {
        try (var connection = postern.connect();
                var statement = connection.prepareStatement(query)) {
            bind(statement, values);
            var texts = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(String.valueOf(rows.getString(1)));
                }
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** Changes rows; how many. */
    public int change(String statement, Object... values) {
        try (var connection = postern.connect();
                var prepared = connection.prepareStatement(statement)) {
            bind(prepared, values);
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
