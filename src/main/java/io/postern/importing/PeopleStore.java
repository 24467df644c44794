package io.postern.importing;

import io.postern.crypto.Sealed;
import io.postern.crypto.SecretBox;
import io.postern.crypto.UndecryptableException;
import io.postern.factor.FactorSecret;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The people of a chunk, in a handful of statements however many they are. Subjects are created and locked in the order of
 * their ids, so that two imports of the same people wait for each other and never lock each other out.
 */
@Singleton
class PeopleStore {

    private static final String CREATE = """
            insert into subject (application_id, external_id, email, display_name, locale)
            select ?, * from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as p (external_id, email, name, locale)
            order by p.external_id collate "C"
            on conflict do nothing returning external_id
            """;
    private static final String TAKE_BACK =
            "delete from subject where application_id = ? and external_id = any (?::text[])";
    private static final String LOCK = """
            select external_id, id, email, display_name, locale, frozen_at is not null from subject
            where application_id = ? and external_id = any (?::text[]) order by external_id for update
            """;
    private static final String HELD = """
            select subject_id, id, type, destination, key_id, secret from factor
            where subject_id = any (?::bigint[]) and status not in ('pending', 'removed') and type not in ('recovery_code', 'bypass_code')
            """;
    private static final String FILL = """
            update subject s set email = p.email, display_name = p.name, locale = p.locale, updated_at = ?,
              version = s.version + p.raised
            from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::int[]) as p (id, email, name, locale, raised)
            where s.id = p.id
            """;
    private static final String END_PENDING =
            "delete from factor where subject_id = any (?::bigint[]) and status = 'pending'";
    private static final String ENROLL = """
            with enrolled as (
              insert into factor (id, subject_id, type, label, status, default_factor, key_id, secret, destination, created_at,
                                  activated_at)
              select p.id, p.subject_id, p.type, p.label, 'active', p.first, p.key_id, p.secret, p.destination,
                     ?::timestamptz + p.place * interval '1 millisecond', coalesce(p.verified_at, ?)
              from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::bytea[], ?::bytea[],
                          ?::timestamptz[], ?::int[])
                as p (id, subject_id, type, label, first, key_id, secret, destination, verified_at, place)
              returning id, subject_id, type
            )
            insert into audit_event (application_id, subject_id, type, factor_id, factor_type, client_id)
            select ?, subject_id, 'factor_imported', id, type, ? from enrolled
            """;

    private final DataSource dataSource;
    private final SecretBox box;

    PeopleStore(DataSource dataSource, SecretBox box) {
        this.dataSource = dataSource;
        this.box = box;
    }

    /** A factor's row as it will be stored. */
    record Row(UUID id, long subject, ReadLine.Adopted factor, Sealed secret, int place) {

        static Row of(long subject, ReadLine.Adopted factor, int place, SecretBox box) {
            var id = UUID.randomUUID();
            return new Row(id, subject, factor, box.seal(factor.secret(), FactorSecret.place(id)), place);
        }
    }

    /** Registers those who are not yet; their ids. */
    @Transactional(TxType.MANDATORY)
    Set<String> create(String application, Collection<ImportedPerson> people) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(CREATE)) {
            statement.setString(1, application);
            statement.setArray(2, array(connection, "text", people, ImportedPerson::subject));
            statement.setArray(3, array(connection, "text", people, ImportedPerson::email));
            statement.setArray(4, array(connection, "text", people, ImportedPerson::displayName));
            statement.setArray(5, array(connection, "text", people, ImportedPerson::locale));
            var created = new HashSet<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    created.add(rows.getString(1));
                }
            }
            return created;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** Takes back those of {@link #create} that must not be. */
    @Transactional(TxType.MANDATORY)
    void takeBack(String application, Set<String> ids) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(TAKE_BACK)) {
            statement.setString(1, application);
            statement.setArray(2, connection.createArrayOf("text", ids.toArray()));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** The people as they are now, locked until the transaction ends (RULES F3). One who was just erased is missing. */
    @Transactional(TxType.MANDATORY)
    Map<String, Person> lock(String application, Collection<String> ids, Set<String> created) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(LOCK)) {
            statement.setString(1, application);
            statement.setArray(2, connection.createArrayOf("text", ids.toArray()));
            var people = new HashMap<String, Person>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var id = rows.getString(1);
                    people.put(
                            id,
                            new Person(
                                    rows.getLong(2),
                                    created.contains(id),
                                    rows.getBoolean(6),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5)));
                }
            }
            readFactors(
                    connection,
                    people.values().stream()
                            .filter(person -> !person.created)
                            .collect(Collectors.toMap(person -> person.id, person -> person)));
            return people;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private void readFactors(Connection connection, Map<Long, Person> people) throws SQLException {
        if (people.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(HELD)) {
            statement.setArray(
                    1, connection.createArrayOf("bigint", people.keySet().toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var person = people.get(rows.getLong(1));
                    if (person != null) {
                        person.held.add(new Person.Held(rows.getString(3), rows.getBytes(4), open(rows)));
                    }
                }
            }
        }
    }

    private byte @Nullable [] open(ResultSet row) throws SQLException {
        try {
            return box.open(
                    new Sealed(row.getString(5), row.getBytes(6)), FactorSecret.place(row.getObject(2, UUID.class)));
        } catch (UndecryptableException e) {
            return null;
        }
    }

    /** Stores what was filled in for people who were there, and voids what is open for those who got factors. */
    @Transactional(TxType.MANDATORY)
    void change(List<Person> people, Instant now) {
        var enrolled = people.stream().filter(person -> person.enrolled).toList();
        try (var connection = dataSource.getConnection();
                var fill = connection.prepareStatement(FILL);
                var end = connection.prepareStatement(END_PENDING)) {
            fill.setTimestamp(1, Timestamp.from(now));
            fill.setArray(2, array(connection, "bigint", people, person -> person.id));
            fill.setArray(3, array(connection, "text", people, person -> person.email));
            fill.setArray(4, array(connection, "text", people, person -> person.displayName));
            fill.setArray(5, array(connection, "text", people, person -> person.locale));
            fill.setArray(6, array(connection, "int", people, person -> person.enrolled ? 1 : 0));
            fill.executeUpdate();
            end.setArray(1, array(connection, "bigint", enrolled, person -> person.id));
            end.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** Stores factors, each with its audit row (RULES H5). */
    @Transactional(TxType.MANDATORY)
    void enroll(String application, String client, List<Row> rows, Instant now) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(ENROLL)) {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setArray(3, array(connection, "uuid", rows, Row::id));
            statement.setArray(4, array(connection, "bigint", rows, Row::subject));
            statement.setArray(
                    5,
                    array(connection, "text", rows, row -> row.factor().type().id()));
            statement.setArray(
                    6, array(connection, "text", rows, row -> row.factor().label()));
            statement.setArray(7, array(connection, "boolean", rows, row -> row.place() == 0));
            statement.setArray(
                    8, array(connection, "text", rows, row -> row.secret().keyId()));
            statement.setArray(9, bytes(connection, rows, row -> row.secret().bytes()));
            statement.setArray(10, bytes(connection, rows, row -> row.factor().destination()));
            statement.setArray(
                    11,
                    array(
                            connection,
                            "timestamptz",
                            rows,
                            row -> timestamp(row.factor().verifiedAt())));
            statement.setArray(12, array(connection, "int", rows, Row::place));
            statement.setString(13, application);
            statement.setString(14, client);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static @Nullable String timestamp(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static Array bytes(Connection connection, List<Row> from, Function<Row, byte @Nullable []> part)
            throws SQLException {
        return connection.createArrayOf("bytea", from.stream().map(part).toArray(byte[][]::new));
    }

    private static <T> Array array(
            Connection connection, String type, Collection<T> from, Function<T, @Nullable Object> part)
            throws SQLException {
        return connection.createArrayOf(type, from.stream().map(part).toArray());
    }
}
