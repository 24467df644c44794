package io.postern.reversal;

import io.postern.crypto.Sealed;
import io.postern.crypto.SecretBox;
import io.postern.crypto.UndecryptableException;
import io.postern.factor.FactorType;
import io.postern.message.Notice;
import io.postern.store.StoreUnavailable;
import io.postern.subject.SubjectRecord;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The rows of {@code subject_change}. Every statement belongs to a transaction that holds the subject's row. */
@Singleton
class Changes {

    private static final String NOTE = """
            insert into subject_change (subject_id, type, factor_id, factor_type, label, at)
            values (?, ?, ?, ?, ?, ?) returning id
            """;

    private static final String SEAL = "update subject_change set key_id = ?, former_email = ? where id = ?";

    private static final String DISOWN =
            "update subject_change set disowned_at = ? where id = ? and disowned_at is null";

    private static final String UNLOCKED =
            "select factor_id from subject_change where subject_id = ? and id >= ? and type = 'factor_unlocked'";

    private static final String FORMER = """
            select id, key_id, former_email from subject_change
            where subject_id = ? and id >= ? and type = 'email_replaced' order by id limit 1
            """;

    private static final String OF = """
            select id, type, factor_id, label, key_id, former_email, at, disowned_at from subject_change
            where subject_id = ? order by id
            """;

    private static final String FORGET = "delete from subject_change where subject_id = ?";

    private final DataSource dataSource;
    private final SecretBox box;

    Changes(DataSource dataSource, SecretBox box) {
        this.dataSource = dataSource;
        this.box = box;
    }

    /** Adds a change; its number. */
    long add(SubjectRecord subject, Notice notice, @Nullable UUID factor, Instant at) {
        try (var connection = dataSource.getConnection();
                var insert = connection.prepareStatement(NOTE)) {
            insert.setLong(1, subject.id());
            insert.setString(2, notice.id());
            insert.setObject(3, factor);
            insert.setString(4, notice instanceof Notice.OfFactor of ? of.type().id() : null);
            insert.setString(5, label(notice));
            insert.setObject(6, utc(at));
            try (var rows = insert.executeQuery()) {
                rows.next();
                long number = rows.getLong(1);
                var email = subject.email();
                if (notice instanceof Notice.EmailReplaced && email != null) {
                    seal(connection, number, email);
                }
                return number;
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private void seal(Connection connection, long number, String email) throws SQLException {
        var sealed = box.seal(email.getBytes(StandardCharsets.UTF_8), FormerEmail.place(number));
        try (var update = connection.prepareStatement(SEAL)) {
            update.setString(1, sealed.keyId());
            update.setBytes(2, sealed.bytes());
            update.setLong(3, number);
            update.executeUpdate();
        }
    }

    /** Notes that the change is disowned. False when it was before. */
    boolean disown(long number, Instant at) {
        try (var connection = dataSource.getConnection();
                var update = connection.prepareStatement(DISOWN)) {
            update.setObject(1, utc(at));
            update.setLong(2, number);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** The factors that the change or a later one has unlocked. */
    Set<UUID> unlockedSince(SubjectRecord subject, long number) {
        try (var connection = dataSource.getConnection();
                var select = connection.prepareStatement(UNLOCKED)) {
            select.setLong(1, subject.id());
            select.setLong(2, number);
            var unlocked = new HashSet<UUID>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    unlocked.add(rows.getObject(1, UUID.class));
                }
            }
            return unlocked;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** The address before the first change of it from this one on; empty where there was no such change. */
    Optional<FormerEmail> emailBefore(SubjectRecord subject, long number) {
        try (var connection = dataSource.getConnection();
                var select = connection.prepareStatement(FORMER)) {
            select.setLong(1, subject.id());
            select.setLong(2, number);
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                return Optional.of(new FormerEmail(email(rows.getLong(1), rows.getString(2), rows.getBytes(3))));
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** All that are kept, the oldest first. */
    List<HeldChange> of(SubjectRecord subject) {
        try (var connection = dataSource.getConnection();
                var select = connection.prepareStatement(OF)) {
            select.setLong(1, subject.id());
            var held = new ArrayList<HeldChange>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var disowned = rows.getTimestamp(8);
                    held.add(new HeldChange(
                            rows.getString(2),
                            rows.getObject(3, UUID.class),
                            rows.getString(4),
                            readable(rows.getLong(1), rows.getString(5), rows.getBytes(6)),
                            rows.getTimestamp(7).toInstant(),
                            disowned == null ? null : disowned.toInstant()));
                }
            }
            return held;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** One that cannot be opened is left out. */
    private @Nullable String readable(long number, @Nullable String keyId, byte[] sealed) {
        try {
            return email(number, keyId, sealed);
        } catch (UndecryptableException e) {
            return null;
        }
    }

    private @Nullable String email(long number, @Nullable String keyId, byte[] sealed) {
        if (keyId == null) {
            return null;
        }
        return new String(box.open(new Sealed(keyId, sealed), FormerEmail.place(number)), StandardCharsets.UTF_8);
    }

    /** Forgets the changes so far, and with them their links. */
    void forget(SubjectRecord subject) {
        try (var connection = dataSource.getConnection();
                var delete = connection.prepareStatement(FORGET)) {
            delete.setLong(1, subject.id());
            delete.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static @Nullable String label(Notice notice) {
        return switch (notice) {
            case Notice.OfFactor of -> of.label();
            case Notice.EmailReplaced replaced -> replaced.newAddress();
            default -> null;
        };
    }

    /** The notice that a row was noted with. */
    static Notice notice(String type, @Nullable String factorType, @Nullable String label) {
        return switch (type) {
            case "factor_added" -> new Notice.FactorAdded(FactorType.of(require(factorType)), require(label));
            case "factor_removed" -> new Notice.FactorRemoved(FactorType.of(require(factorType)), require(label));
            case "factor_unlocked" -> new Notice.FactorUnlocked(FactorType.of(require(factorType)), require(label));
            case "two_factor_disabled" -> new Notice.TwoFactorDisabled();
            case "recovery_codes_renewed" -> new Notice.RecoveryCodesRenewed();
            case "email_replaced" -> new Notice.EmailReplaced(require(label));
            default -> throw new IllegalStateException("No change is a " + type);
        };
    }

    private static String require(@Nullable String column) {
        if (column == null) {
            throw new IllegalStateException("A change lacks what its notice needs");
        }
        return column;
    }

    private static OffsetDateTime utc(Instant time) {
        return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
