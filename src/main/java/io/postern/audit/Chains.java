package io.postern.audit;

import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the ends of the chains in {@code audit_chain}, each row under a seal of its own. */
@Singleton
final class Chains {

    /** By which one copy at a time moves the ends of chains. */
    static final String LOCK = "audit_chain";

    private static final String ALL = "select * from audit_chain";
    private static final String ONE = "select * from audit_chain where application_id = ?";
    private static final String SEALED_ROWS =
            "select exists (select from audit_event where application_id = ? and sequence is not null)";
    private static final String SAVE = """
            insert into audit_chain (application_id, sequence, mac, dropped_sequence, dropped_mac, key_id, seal)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (application_id) do update set sequence = excluded.sequence, mac = excluded.mac,
              dropped_sequence = excluded.dropped_sequence, dropped_mac = excluded.dropped_mac,
              key_id = excluded.key_id, seal = excluded.seal
            """;

    private final Seals seals;

    Chains(Seals seals) {
        this.seals = seals;
    }

    /**
     * A chain as it is stored.
     *
     * @param whole whether its seal is right; if not, its ends say nothing
     */
    record Stored(Chain chain, boolean whole) {}

    List<Stored> all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(ALL);
                var rows = statement.executeQuery()) {
            var chains = new ArrayList<Stored>();
            while (rows.next()) {
                chains.add(stored(rows));
            }
            return chains;
        }
    }

    /**
     * The application's chain; one of no row where nothing was sealed yet. It is not whole where rows are sealed and their
     * chain is gone.
     */
    Stored of(String application, Connection connection) throws SQLException {
        var stored = find(application, connection);
        if (stored.isPresent()) {
            return stored.get();
        }
        var beginning = seals.beginning(application);
        return new Stored(new Chain(application, beginning, beginning), !hasSealedRows(application, connection));
    }

    private Optional<Stored> find(String application, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(ONE)) {
            statement.setString(1, application);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(stored(rows)) : Optional.empty();
            }
        }
    }

    private static boolean hasSealedRows(String application, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(SEALED_ROWS)) {
            statement.setString(1, application);
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private Stored stored(ResultSet row) throws SQLException {
        var chain = new Chain(
                row.getString("application_id"),
                new Link(row.getLong("sequence"), row.getBytes("mac")),
                new Link(row.getLong("dropped_sequence"), row.getBytes("dropped_mac")));
        boolean whole = row.getString("key_id").equals(seals.keyId())
                && MessageDigest.isEqual(seals.of(chain), row.getBytes("seal"));
        return new Stored(chain, whole);
    }

    /** Writes the chain under a new seal, within a transaction that is alone at {@link #LOCK}. */
    void save(Chain chain, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(SAVE)) {
            statement.setString(1, chain.application());
            statement.setLong(2, chain.head().sequence());
            statement.setBytes(3, chain.head().mac());
            statement.setLong(4, chain.dropped().sequence());
            statement.setBytes(5, chain.dropped().mac());
            statement.setString(6, seals.keyId());
            statement.setBytes(7, seals.of(chain));
            statement.executeUpdate();
        }
    }
}
