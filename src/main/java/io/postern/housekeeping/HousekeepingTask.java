package io.postern.housekeeping;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Work that is done again and again beside the calls, such as taking away what has ended. A feature makes one a bean, and it
 * is run each interval, by one copy at a time, in bounded batches; one that fails holds up no other.
 */
public interface HousekeepingTask {

    /**
     * Names the task in metrics, in the log and for the lock by which one copy at a time does it: {@code lower_case}. Stays
     * the same between versions, whose copies run side by side.
     */
    String name();

    /**
     * Does a bounded piece of the work, which must not take longer than a statement may (1 s each).
     *
     * @param connection in a transaction, which is committed afterwards
     */
    Batch run(Connection connection) throws SQLException;

    /**
     * What a piece of work did.
     *
     * @param rows that were taken away or changed
     * @param more whether some is left
     */
    record Batch(int rows, boolean more) {

        /** Most rows of one statement. */
        public static final int SIZE = 1_000;

        /** There was nothing to do. */
        public static final Batch NOTHING = new Batch(0, false);

        /** Both pieces as one. */
        public Batch and(Batch other) {
            return new Batch(rows + other.rows, more || other.more);
        }

        /**
         * Takes away rows.
         *
         * @param sql a statement whose one parameter is the most rows that it may take
         */
        public static Batch of(Connection connection, String sql) throws SQLException {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setInt(1, SIZE);
                int rows = statement.executeUpdate();
                return new Batch(rows, rows == SIZE);
            }
        }
    }
}
