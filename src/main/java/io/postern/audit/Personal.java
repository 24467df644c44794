package io.postern.audit;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a row that may tell of a person. The chain holds a digest of them under a salt of the row's own, so that
 * they can be erased and the chain stays whole (RULES H5).
 *
 * @param salt null where there is nothing personal; once it was erased, what says so
 * @param digest null where there was nothing personal, and before the row is sealed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Personal(
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable String reason,
        byte @Nullable [] salt,
        byte @Nullable [] digest) {

    static final String COLUMNS = "e.ip, e.user_agent, e.reason, e.personal_salt, e.personal_digest";

    static Personal of(ResultSet row) throws SQLException {
        return new Personal(
                row.getString("ip"),
                row.getString("user_agent"),
                row.getString("reason"),
                row.getBytes("personal_salt"),
                row.getBytes("personal_digest"));
    }

    /** Whether there is nothing that could be erased. */
    boolean isBlank() {
        return ip == null && userAgent == null && reason == null;
    }

    Personal sealed(byte @Nullable [] newSalt, byte @Nullable [] newDigest) {
        return new Personal(ip, userAgent, reason, newSalt, newDigest);
    }

    /** Sets salt and digest, from this parameter on. */
    void bind(PreparedStatement statement, int index) throws SQLException {
        statement.setBytes(index, salt);
        statement.setBytes(index + 1, digest);
    }
}
