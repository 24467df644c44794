package io.postern.challenge;

import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What sending a code needs of Postgres, in one statement: nothing goes to a factor that has changed since. */
@Singleton
class SendQuery {

    private static final String QUERY = """
            select a.name, a.policy, s.locale
            from application a
            join subject s on s.application_id = a.id
            join factor f on f.subject_id = s.id and f.status = 'active' and f.locked_at is null
            where a.id = ? and a.suspended_at is null and s.id = ? and s.version = ? and f.id = ?
            """;

    private final DataSource dataSource;

    SendQuery(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * What a message needs to know.
     *
     * @param policy of the application, as it is written
     */
    record Context(
            String applicationName, String policy, @Nullable String locale) {}

    /** Empty when the factor or the subject has changed since the challenge was made, or the application is suspended. */
    Optional<Context> find(String application, ChallengeState state, UUID factor) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, application);
            statement.setLong(2, state.subjectId());
            statement.setLong(3, state.version());
            statement.setObject(4, factor);
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Context(rows.getString(1), rows.getString(2), rows.getString(3)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
