package io.postern.subject;

import io.postern.crypto.KeyedHash;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Remembers for 30 days which ids were erased, as keyed hashes (RULES F6), so that a late or repeated registration does not
 * bring a person back whom somebody has just erased.
 */
@Singleton
public class Tombstones {

    static final Duration LIFE = Duration.ofDays(30);

    private static final String PUT =
            "insert into erased_subject (digest, ends_at) values (?, ?) on conflict (digest) do update set ends_at = excluded.ends_at";
    private static final String STANDING = "select digest from erased_subject where digest = any (?) and ends_at > ?";
    private static final String LIFT = "delete from erased_subject where digest = ? and ends_at > ?";

    private final DataSource dataSource;
    private final KeyedHash hash;
    private final Clock clock;

    Tombstones(DataSource dataSource, KeyedHash hash, Clock clock) {
        this.dataSource = dataSource;
        this.hash = hash;
        this.clock = clock;
    }

    /** In the transaction of the erasure. */
    @Transactional(TxType.MANDATORY)
    public void put(String application, String externalId) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(PUT)) {
            statement.setBytes(1, digest(application, externalId));
            statement.setTimestamp(2, Timestamp.from(clock.instant().plus(LIFE)));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /**
     * To be asked after the subject was created and before the transaction ends: an erasure of the same id that was still
     * under way when the creation began has then left its tombstone.
     *
     * @throws Problem {@code subject_erased}
     */
    @Transactional(TxType.MANDATORY)
    public void requireNone(String application, String externalId) {
        if (!of(application, Set.of(externalId)).isEmpty()) {
            throw Problem.of(ProblemCode.SUBJECT_ERASED);
        }
    }

    /** Which of the ids were erased. */
    @Transactional(TxType.MANDATORY)
    public Set<String> of(String application, Collection<String> externalIds) {
        var digests = externalIds.stream().map(id -> digest(application, id)).toArray(byte[][]::new);
        try (var connection = dataSource.getConnection()) {
            var standing = standing(connection, digests);
            var erased = new HashSet<String>();
            for (var id : standing.isEmpty() ? Set.<String>of() : externalIds) {
                if (standing.contains(HexFormat.of().formatHex(digest(application, id)))) {
                    erased.add(id);
                }
            }
            return erased;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** Takes the tombstone away. False when there was none. */
    @Transactional(TxType.MANDATORY)
    public boolean lift(String application, String externalId) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(LIFT)) {
            statement.setBytes(1, digest(application, externalId));
            statement.setTimestamp(2, Timestamp.from(clock.instant()));
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private Set<String> standing(Connection connection, byte[][] digests) throws SQLException {
        try (var statement = connection.prepareStatement(STANDING)) {
            statement.setArray(1, connection.createArrayOf("bytea", digests));
            statement.setTimestamp(2, Timestamp.from(clock.instant()));
            var standing = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    standing.add(HexFormat.of().formatHex(rows.getBytes(1)));
                }
            }
            return Set.copyOf(standing);
        }
    }

    private byte[] digest(String application, String externalId) {
        return hash.of("erased subject", application, externalId);
    }
}
