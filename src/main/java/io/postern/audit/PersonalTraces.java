package io.postern.audit;

import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What audit rows hold beside the pseudonym and would still lead to a person: addresses and browsers (RULES H5). */
@Singleton
public class PersonalTraces {

    private static final String ERASE = """
            update audit_event set ip = null, user_agent = null
            where application_id = ? and subject_id = ? and (ip is not null or user_agent is not null)
            """;

    private final DataSource dataSource;

    PersonalTraces(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Takes them out of all rows of a subject, in the transaction of the erasure. */
    @Transactional(TxType.MANDATORY)
    public void erase(String application, long subject) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(ERASE)) {
            statement.setString(1, application);
            statement.setLong(2, subject);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
