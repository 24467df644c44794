package io.postern.audit;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.StoreUnavailable;
import io.postern.subject.SlotTags;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a search finds, slice by slice: a bounded stretch of an application's chain each, by one statement, on a
 * connection of its own. Only sealed rows are read, by their numbers, so that rows that are written meanwhile come neither
 * twice nor too late to be found.
 */
@Singleton
final class Slices {

    /** Numbers that one statement looks through; few enough for the time that a statement has. */
    private static final long STRETCH = 20_000;

    private static final int MOST_LOOKS = 25;

    private static final String SUBJECT = "select id from subject where application_id = ? and external_id = ?";

    private final DataSource dataSource;
    private final Chains chains;
    private final SlotTags slots;

    Slices(DataSource dataSource, Chains chains, SlotTags slots) {
        this.dataSource = dataSource;
        this.chains = chains;
        this.slots = slots;
    }

    /**
     * A search that was looked up.
     *
     * @param person the number that stands for the person; null for all people
     * @param first the first number of the chain that there is
     * @param last the newest number when the search began
     */
    record Begun(
            String application, Search search, @Nullable Long person, long first, long last) {

        /** Where the first slice begins. */
        long start() {
            return search.newestFirst() ? last + 1 : first - 1;
        }

        boolean isEnd(long position) {
            return search.newestFirst() ? position <= first : position >= last;
        }
    }

    /**
     * What lies behind a position.
     *
     * @param position where it ends: the number of the last row that was looked at
     */
    record Slice(List<EventView> events, long position) {}

    /** @throws Problem {@code not_found} when the search names a person that the application does not know */
    Begun begin(String application, Search search) {
        try (var connection = dataSource.getConnection()) {
            var person =
                    search.subject() == null ? search.pseudonym() : number(connection, application, search.subject());
            var chain = chains.of(application, connection).chain();
            return new Begun(
                    application,
                    search,
                    person,
                    chain.dropped().sequence() + 1,
                    chain.head().sequence());
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static Long number(Connection connection, String application, String subject) throws SQLException {
        try (var statement = connection.prepareStatement(SUBJECT)) {
            statement.setString(1, application);
            statement.setString(2, subject);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw Problem.of(ProblemCode.NOT_FOUND);
                }
                return rows.getLong(1);
            }
        }
    }

    /** One slice after another, until so many rows are found, the end is reached, or one call has looked at enough. */
    Slice page(Begun begun, long from, int limit) {
        var events = new ArrayList<EventView>();
        long position = from;
        for (int looks = 0; looks < MOST_LOOKS && events.size() < limit && !begun.isEnd(position); looks++) {
            var slice = read(begun, position, limit - events.size());
            events.addAll(slice.events());
            position = slice.position();
        }
        return new Slice(events, position);
    }

    /** @param most rows of the slice */
    Slice read(Begun begun, long position, int most) {
        var newestFirst = begun.search().newestFirst();
        // A person's rows are few and have an index of their own.
        long stretch = begun.person() == null ? STRETCH : begun.last() + 1;
        long low = Math.max(begun.first(), newestFirst ? position - stretch : position + 1);
        long high = newestFirst ? position - 1 : Math.min(begun.last(), position + stretch);
        var query = new Query(begun, low, high, most);
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(query.sql())) {
            query.bind(statement);
            try (var rows = statement.executeQuery()) {
                var events = new ArrayList<EventView>();
                while (rows.next()) {
                    events.add(view(rows, begun.application()));
                }
                long end = newestFirst ? low : high;
                return new Slice(
                        events, events.size() == most ? events.getLast().sequence() : end);
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private EventView view(ResultSet found, String application) throws SQLException {
        var row = Row.of(found);
        var subject = found.getString("external_id");
        var challenge = row.challenge();
        return new EventView(
                found.getLong("sequence"),
                Long.toString(row.id()),
                row.at(),
                row.type(),
                subject,
                row.subject() == null ? null : row.subject().toString(),
                row.factor(),
                row.factorType(),
                subject == null || challenge == null ? null : slots.of(application, subject) + random(challenge),
                row.client(),
                row.actor(),
                row.personal().reason(),
                row.details(),
                row.personal().ip(),
                row.personal().userAgent());
    }

    /** The second part of the id of a challenge, of which the trail keeps the number. */
    private static String random(UUID challenge) {
        var bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(challenge.getMostSignificantBits())
                .putLong(challenge.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** The statement of one slice. */
    private static final class Query {

        private final StringBuilder sql = new StringBuilder("select e.sequence, s.external_id, ")
                .append(Row.COLUMNS)
                .append(
                        " from audit_event e left join subject s on s.id = e.subject_id and s.application_id = e.application_id"
                                + " where e.application_id = ? and e.sequence between ? and ?");
        private final List<Object> values = new ArrayList<>();

        Query(Begun begun, long low, long high, int most) {
            values.add(begun.application());
            values.add(low);
            values.add(high);
            var search = begun.search();
            add(" and e.subject_id = ?", begun.person());
            if (!search.types().isEmpty()) {
                add(" and e.type = any (string_to_array(?, ','))", String.join(",", search.types()));
            }
            add(" and e.at >= ?", time(search.from()));
            add(" and e.at < ?", time(search.to()));
            add(" and e.actor = ?", search.actor());
            sql.append(" order by e.sequence ")
                    .append(search.newestFirst() ? "desc" : "asc")
                    .append(" limit ")
                    .append(most);
        }

        private void add(String condition, @Nullable Object value) {
            if (value != null) {
                sql.append(condition);
                values.add(value);
            }
        }

        private static @Nullable Object time(@Nullable Instant time) {
            return time == null ? null : time.atOffset(ZoneOffset.UTC);
        }

        String sql() {
            return sql.toString();
        }

        void bind(PreparedStatement statement) throws SQLException {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
        }
    }
}
