package io.postern.reversal;

import io.postern.crypto.KeyedHash;
import io.postern.message.Notice;
import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** The links by which a change is disowned: 256 random bits, of which Postgres has a keyed hash; good for seven days. */
@Singleton
class Links {

    /** How long a link is good, and how long what it brings back is kept. */
    static final Duration LIFE = Duration.ofDays(7);

    private static final int TOKEN_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final String PUT = "insert into disowning_link (digest, change_id) values (?, ?)";

    private static final String FIND = """
            select c.id, s.application_id, s.external_id, s.locale, c.type, c.factor_type, c.label, c.at, c.disowned_at
            from disowning_link l
            join subject_change c on c.id = l.change_id
            join subject s on s.id = c.subject_id
            where l.digest = ? and c.at > ?
            """;

    private final DataSource dataSource;
    private final KeyedHash hash;
    private final PublicAddress address;
    private final SecureRandom random;
    private final Clock clock;

    Links(DataSource dataSource, KeyedHash hash, PublicAddress address, SecureRandom random, Clock clock) {
        this.dataSource = dataSource;
        this.hash = hash;
        this.address = address;
        this.random = random;
        this.clock = clock;
    }

    /** A new one, in the transaction of the change. Nobody but its receiver knows it. */
    URI make(NotedChange change) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try (var connection = dataSource.getConnection();
                var insert = connection.prepareStatement(PUT)) {
            insert.setBytes(1, digest(token));
            insert.setLong(2, change.number());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
        return address.of(WasntMeResource.PATH + "/" + token);
    }

    /** Empty for one that we never made, or whose time is over. */
    Optional<LinkedChange> find(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        var since = OffsetDateTime.ofInstant(clock.instant().minus(LIFE), ZoneOffset.UTC);
        try (var connection = dataSource.getConnection();
                var select = connection.prepareStatement(FIND)) {
            select.setBytes(1, digest(token));
            select.setObject(2, since);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(read(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private byte[] digest(String token) {
        return hash.of("disowning link", token);
    }

    private static LinkedChange read(ResultSet row) throws SQLException {
        Notice notice = Changes.notice(row.getString(5), row.getString(6), row.getString(7));
        return new LinkedChange(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                notice,
                instant(row, 8),
                row.getObject(9) != null);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
