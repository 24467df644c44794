package io.postern.audit;

import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Takes out of the audit trail what tells of a person; the rows stay, over the pseudonym, and so does their chain. */
@Singleton
public class PersonalTraces {

    private static final String ERASE = """
            update audit_event
            set ip = null, user_agent = null, reason = null,
                personal_salt = case when personal_digest is not null then ?::bytea end
            where application_id = ? and subject_id = ?
              and (ip is not null or user_agent is not null or reason is not null)
            """;

    private final DataSource dataSource;
    private final Seals seals;

    PersonalTraces(DataSource dataSource, Seals seals) {
        this.dataSource = dataSource;
        this.seals = seals;
    }

    /**
     * Erases addresses, browsers and reasons of the subject's rows, with the transaction. To be called after the subject's row
     * and its factors were deleted in it: whoever writes about them waits for that, so no row comes later.
     *
     * @param subject the number of the subject's row
     */
    @Transactional(TxType.MANDATORY)
    public void erase(String application, long subject) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(ERASE)) {
            statement.setBytes(1, seals.erased(subject));
            statement.setString(2, application);
            statement.setLong(3, subject);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
