package io.postern.enrollment;

import io.postern.crypto.KeyedHash;
import io.postern.crypto.Place;
import io.postern.crypto.Sealed;
import io.postern.crypto.SecretBox;
import io.postern.crypto.UndecryptableException;
import io.postern.store.StoreUnavailable;
import io.postern.subject.SubjectRecord;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Addresses that a person's account had in the last 30 days, sealed (RULES F6, H4). Of one person there are ten at most, and
 * the earliest stay: those of somebody who took the account over come later.
 */
@Singleton
class FormerAddresses {

    static final Duration LIFE = Duration.ofDays(30);
    static final int MOST = 10;

    private static final String KEEP = """
            insert into former_address (id, subject_id, key_id, address, digest, replaced_at, ends_at)
            select ?, s.id, ?, ?, ?, ?, ? from subject s
            where s.id = ? and (select count(*) from former_address f where f.subject_id = s.id and f.ends_at > ?) < ?
            on conflict (subject_id, digest) do update set replaced_at = excluded.replaced_at, ends_at = excluded.ends_at
            """;
    private static final String DROP = "delete from former_address where subject_id = ? and digest = ?";
    private static final String TAKE_BACK = "delete from former_address where subject_id = ? and replaced_at >= ?";
    private static final String OF =
            "select id, key_id, address, replaced_at, ends_at from former_address where subject_id = ? and ends_at > ? order by replaced_at, id";

    private final DataSource dataSource;
    private final SecretBox box;
    private final KeyedHash hash;
    private final Clock clock;

    FormerAddresses(DataSource dataSource, SecretBox box, KeyedHash hash, Clock clock) {
        this.dataSource = dataSource;
        this.box = box;
        this.hash = hash;
        this.clock = clock;
    }

    /** Notes that an address was replaced by another, in the transaction of that change and under the subject's row lock. */
    @Transactional(TxType.MANDATORY)
    void replace(SubjectRecord subject, String former, String present) {
        try (var connection = dataSource.getConnection()) {
            keep(connection, subject.id(), former);
            drop(connection, subject.id(), present);
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** Forgets those that were replaced since: the replacing was not the person's, or the address is theirs again. */
    @Transactional(TxType.MANDATORY)
    void takeBack(SubjectRecord subject, Instant since) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(TAKE_BACK)) {
            statement.setLong(1, subject.id());
            statement.setTimestamp(2, Timestamp.from(since));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** Those whose time is not over, the earliest first. One that cannot be opened is left out. */
    @Transactional
    List<FormerAddress> of(long subject) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(OF)) {
            statement.setLong(1, subject);
            statement.setTimestamp(2, Timestamp.from(clock.instant()));
            var addresses = new ArrayList<FormerAddress>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    read(rows).ifPresent(addresses::add);
                }
            }
            return addresses;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private void keep(Connection connection, long subject, String address) throws SQLException {
        var id = UUID.randomUUID();
        var sealed = box.seal(address.getBytes(StandardCharsets.UTF_8), place(id));
        var now = clock.instant();
        try (var statement = connection.prepareStatement(KEEP)) {
            statement.setObject(1, id);
            statement.setString(2, sealed.keyId());
            statement.setBytes(3, sealed.bytes());
            statement.setBytes(4, digest(subject, address));
            statement.setTimestamp(5, Timestamp.from(now));
            statement.setTimestamp(6, Timestamp.from(now.plus(LIFE)));
            statement.setLong(7, subject);
            statement.setTimestamp(8, Timestamp.from(now));
            statement.setInt(9, MOST);
            statement.executeUpdate();
        }
    }

    /** The present address is none that was replaced, however often the two change places. */
    private void drop(Connection connection, long subject, String present) throws SQLException {
        try (var statement = connection.prepareStatement(DROP)) {
            statement.setLong(1, subject);
            statement.setBytes(2, digest(subject, present));
            statement.executeUpdate();
        }
    }

    private Optional<FormerAddress> read(ResultSet row) throws SQLException {
        var id = row.getObject(1, UUID.class);
        try {
            var address = box.open(new Sealed(row.getString(2), row.getBytes(3)), place(id));
            return Optional.of(new FormerAddress(
                    new String(address, StandardCharsets.UTF_8),
                    row.getTimestamp(4).toInstant(),
                    row.getTimestamp(5).toInstant()));
        } catch (UndecryptableException e) {
            return Optional.empty();
        }
    }

    private byte[] digest(long subject, String address) {
        return hash.of("former address", Long.toString(subject), address.toLowerCase(Locale.ROOT));
    }

    private static Place place(UUID id) {
        return new Place("former_address", "address", id.toString());
    }
}
