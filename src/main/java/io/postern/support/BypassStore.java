package io.postern.support;

import io.postern.crypto.Sealed;
import io.postern.enrollment.AwaitedCodes;
import io.postern.factor.FactorType;
import io.postern.store.StoreUnavailable;
import io.postern.subject.SubjectRecord;
import io.postern.support.BypassCodeView.Standing;
import io.postern.support.BypassCodeView.Status;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The rows of bypass codes and of the requests for them. A subject has one at most, and none that was made for another
 * version of the subject than the present one counts. All but reading belongs to a transaction that holds the subject's row.
 */
@Singleton
class BypassStore implements AwaitedCodes {

    /** How long a request can be approved. */
    private static final int APPROVAL_MINUTES = 30;

    private static final String PUT = """
            insert into factor (id, subject_id, type, label, status, key_id, secret, activated_at, good_until, good_for)
            values (?, ?, ?, ?, 'active', ?, ?, now(), now() + make_interval(mins => ?), ?)
            returning good_until
            """;
    private static final String ASK = """
            insert into bypass_request (id, subject_id, subject_version, actor, minutes, expires_at)
            values (?, ?, ?, ?, ?, now() + make_interval(mins => ?))
            returning expires_at
            """;
    private static final String TAKE_CODE = "delete from factor where subject_id = ? and type = 'bypass_code'";
    private static final String TAKE_REQUEST = "delete from bypass_request where subject_id = ?";
    private static final String REQUEST = """
            select actor, minutes from bypass_request
            where id = ? and subject_id = ? and subject_version = ? and expires_at > now()
            """;
    private static final String AWAITED = "select actor, minutes, expires_at from bypass_request where subject_id = ?";
    private static final String STANDING = """
            select id, 'live', good_until from factor
            where subject_id = ? and type = 'bypass_code' and good_for = ? and good_until > now() and spent_codes = 0
            union all
            select id, 'awaiting_approval', expires_at from bypass_request
            where subject_id = ? and subject_version = ? and expires_at > now()
            """;

    private final DataSource dataSource;

    BypassStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A code that awaits its approval: who asked for it, and how many minutes it is to be good. */
    record Request(String actor, int minutes) {}

    /** Stores a new code; its end. */
    @Transactional(TxType.MANDATORY)
    Instant put(SubjectRecord subject, UUID id, Sealed secret, int minutes) {
        return run(PUT, statement -> {
            statement.setObject(1, id);
            statement.setLong(2, subject.id());
            statement.setString(3, FactorType.BYPASS_CODE.id());
            statement.setString(4, FactorType.BYPASS_CODE.label());
            statement.setString(5, secret.keyId());
            statement.setBytes(6, secret.bytes());
            statement.setInt(7, minutes);
            statement.setLong(8, subject.version());
            return end(statement);
        });
    }

    /** Stores a new request; when it can no longer be approved. */
    @Transactional(TxType.MANDATORY)
    Instant ask(SubjectRecord subject, UUID id, Request request) {
        return run(ASK, statement -> {
            statement.setObject(1, id);
            statement.setLong(2, subject.id());
            statement.setLong(3, subject.version());
            statement.setString(4, request.actor());
            statement.setInt(5, request.minutes());
            statement.setInt(6, APPROVAL_MINUTES);
            return end(statement);
        });
    }

    /** The request of an id that can be approved now. */
    @Transactional(TxType.MANDATORY)
    Optional<Request> request(SubjectRecord subject, UUID id) {
        return run(REQUEST, statement -> {
            statement.setObject(1, id);
            statement.setLong(2, subject.id());
            statement.setLong(3, subject.version());
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(new Request(rows.getString(1), rows.getInt(2))) : Optional.empty();
            }
        });
    }

    /** Takes away the subject's code and request, live or over, so that another can take their place. */
    @Transactional(TxType.MANDATORY)
    void clear(SubjectRecord subject) {
        for (var sql : new String[] {TAKE_CODE, TAKE_REQUEST}) {
            run(sql, statement -> {
                statement.setLong(1, subject.id());
                return statement.executeUpdate();
            });
        }
    }

    @Override
    @Transactional(TxType.MANDATORY)
    public List<AwaitedCode> awaited(long subject) {
        return run(AWAITED, statement -> {
            statement.setLong(1, subject);
            var codes = new ArrayList<AwaitedCode>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    codes.add(new AwaitedCode(
                            rows.getString(1),
                            rows.getInt(2),
                            rows.getTimestamp(3).toInstant()));
                }
            }
            return codes;
        });
    }

    /** The code that is good now, or the request that can be approved. */
    @Transactional(TxType.MANDATORY)
    Optional<Standing> standing(SubjectRecord subject) {
        return run(STANDING, statement -> {
            statement.setLong(1, subject.id());
            statement.setLong(2, subject.version());
            statement.setLong(3, subject.id());
            statement.setLong(4, subject.version());
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(read(rows)) : Optional.empty();
            }
        });
    }

    private static Standing read(ResultSet row) throws SQLException {
        var status = row.getString(2).equals(Status.LIVE.id()) ? Status.LIVE : Status.AWAITING_APPROVAL;
        return new Standing(
                row.getObject(1, UUID.class), status, row.getTimestamp(3).toInstant());
    }

    private static Instant end(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            rows.next();
            return rows.getTimestamp(1).toInstant();
        }
    }

    /** What is done with a statement. */
    private interface Use<T> {
        T apply(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Use<T> use) {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return use.apply(statement);
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
