package io.postern.housekeeping;

import java.sql.Connection;
import java.sql.SQLException;

/** One copy at a time: a lock in Postgres that ends with its transaction, so that a copy that dies leaves it to another. */
public final class Alone {

    /** The class of all our locks, whose second number is the hash of a name. */
    private static final int LOCKS = 0x706f7374; // "post"

    /**
     * A copy that stands still in the middle of its work loses connection and lock. The work is then undone, and another copy
     * does it.
     */
    private static final String TRY = "select pg_try_advisory_xact_lock(?, hashtext(?)),"
            + " set_config('idle_in_transaction_session_timeout', '10s', true)";

    private Alone() {}

    /** Whether this transaction is alone at what has that name, until its end. */
    public static boolean at(String name, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(TRY)) {
            statement.setInt(1, LOCKS);
            statement.setString(2, name);
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }
}
