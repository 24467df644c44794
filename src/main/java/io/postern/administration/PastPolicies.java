package io.postern.administration;

import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The policies that were replaced. The current one stands with its application. */
@Singleton
class PastPolicies {

    private static final String KEEP = """
            insert into policy_version (application_id, version, policy, changed_at, changed_by)
            select id, policy_version, policy, policy_changed_at, policy_changed_by from application where id = ?
            """;

    private static final String BEFORE = """
            select version, policy, changed_at, changed_by from policy_version
            where application_id = ? and version < ? order by version desc limit ?
            """;

    private final DataSource dataSource;

    PastPolicies(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A policy as it was written. */
    record PastPolicy(
            long version,
            String policy,
            Instant changedAt,
            @Nullable String changedBy) {}

    /** Keeps the current policy, in the transaction that is about to replace it. */
    void keep(String application) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(KEEP)) {
            statement.setString(1, application);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** Those before a version, the newest first. */
    List<PastPolicy> before(String application, long version, int most) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(BEFORE)) {
            statement.setString(1, application);
            statement.setLong(2, version);
            statement.setInt(3, most);
            var found = new ArrayList<PastPolicy>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new PastPolicy(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getTimestamp(3).toInstant(),
                            rows.getString(4)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
