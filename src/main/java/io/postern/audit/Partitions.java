package io.postern.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The months of {@code audit_event}, each a table of its own, and the rest. */
final class Partitions {

    /** What belongs to no month that there is. */
    static final String REST = "audit_event_rest";

    private static final Pattern NAME = Pattern.compile("audit_event_(\\d{4})_(\\d{2})");
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("'audit_event_'uuuu'_'MM");
    private static final String ATTACHED = "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
            + " where i.inhparent = 'audit_event'::regclass";

    private Partitions() {}

    static String name(YearMonth month) {
        return FORM.format(month);
    }

    /** The beginning of the month, as Postgres reads it. */
    static String beginning(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toOffsetDateTime().toString();
    }

    /** The months that there are, the oldest first, with the names of their tables. */
    static NavigableMap<YearMonth, String> months(Connection connection) throws SQLException {
        var months = new TreeMap<YearMonth, String>();
        try (var statement = connection.prepareStatement(ATTACHED);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                var name = NAME.matcher(rows.getString(1));
                if (name.matches()) {
                    months.put(
                            YearMonth.of(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2))),
                            name.group());
                }
            }
        }
        return months;
    }

    /** Whoever signs in writes here and must not queue up behind a change of tables; it is tried again soon. */
    static void waitBriefly(Statement statement) throws SQLException {
        statement.execute("set local lock_timeout = '500ms'");
    }
}
