package io.postern.token;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away what says that a proof was used, once the proof has ended itself. */
@Singleton
final class EndedProofs implements HousekeepingTask {

    private static final String TAKE_AWAY =
            "delete from spent_proof where jti in (select jti from spent_proof where expires_at < now() limit ?)";

    @Override
    public String name() {
        return "spent_proofs";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, TAKE_AWAY);
    }
}
