package io.postern.audit;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Makes the audit trail's tables: for this month and for those to come. Rows of a month that came before its table, and lie in
 * the rest, move into it.
 */
@Singleton
final class MonthsAhead implements HousekeepingTask {

    private static final int AHEAD = 2;

    private final Clock clock;

    MonthsAhead(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "audit_months";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        var present = YearMonth.from(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        var there = Partitions.months(connection);
        for (int ahead = 0; ahead <= AHEAD; ahead++) {
            var month = present.plusMonths(ahead);
            if (!there.containsKey(month)) {
                int moved = make(connection, month);
                return new Batch(moved, true);
            }
        }
        return Batch.NOTHING;
    }

    /** A table that is attached when it is filled holds up nobody who writes into other months. */
    private static int make(Connection connection, YearMonth month) throws SQLException {
        var name = Partitions.name(month);
        var from = Partitions.beginning(month);
        var to = Partitions.beginning(month.plusMonths(1));
        try (var statement = connection.createStatement()) {
            Partitions.waitBriefly(statement);
            statement.execute("create table " + name + " (like audit_event including defaults)");
            statement.execute("lock table " + Partitions.REST + " in access exclusive mode");
            int moved = statement.executeUpdate("""
                    with early as (delete from %s where at >= '%s' and at < '%s' returning *)
                    insert into %s select * from early""".formatted(Partitions.REST, from, to, name));
            statement.execute("alter table audit_event attach partition %s for values from ('%s') to ('%s')"
                    .formatted(name, from, to));
            return moved;
        }
    }
}
