package io.postern.support;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away bypass codes whose time is over, and requests that nobody has approved in time. */
@Singleton
final class EndedBypassCodes implements HousekeepingTask {

    private static final String CODES =
            "delete from factor where id in (select id from factor where type = 'bypass_code' and good_until < now() limit ?)";
    private static final String REQUESTS =
            "delete from bypass_request where id in (select id from bypass_request where expires_at < now() limit ?)";

    @Override
    public String name() {
        return "bypass_codes";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, CODES).and(Batch.of(connection, REQUESTS));
    }
}
