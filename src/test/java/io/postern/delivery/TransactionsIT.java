package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.sending.Send;
import io.postern.sending.SendLimits;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionRequiredException;
import jakarta.transaction.TransactionalException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What stands and falls with a change, and what stands without it: the service's own beans, inside of this process. */
@QuarkusTest
@WithTestResource(RunningStores.class)
class TransactionsIT {
    private final Outbox outbox;
    private final SendLimits limits;
    private final DataSource dataSource;

    @Inject
    TransactionsIT(Outbox outbox, SendLimits limits, DataSource dataSource) {
        this.outbox = outbox;
        this.limits = limits;
        this.dataSource = dataSource;
    }

    /** Without one it would be told at once, whatever becomes of the change. */
    @Test
    void messageBesideAChangeNeedsTheTransactionOfTheChange() {
        var message = Posting.mail(Posting.address());
        var refused = assertThrows(TransactionalException.class, () -> outbox.put(message));
        assertInstanceOf(TransactionRequiredException.class, refused.getCause());
        assertEquals(0, rows("select count(*) from outbox where id = '" + message.id() + "'"));
    }

    @Test
    void messageGoesWithTheChangeThatIsRolledBack() {
        var message = Posting.mail(Posting.address());
        QuarkusTransaction.begin();
        outbox.put(message);
        assertEquals(1, rows("select count(*) from outbox where id = '" + message.id() + "'"));
        QuarkusTransaction.rollback();
        assertEquals(0, rows("select count(*) from outbox where id = '" + message.id() + "'"));
    }

    /** RULES E1, D4: what was sent was sent, whatever becomes of the change that it was sent for. */
    @Test
    void changeThatIsRolledBackLeavesWhatWasCounted() {
        var send = send("US", "+14155550199");
        QuarkusTransaction.begin();
        limits.reserve(send);
        QuarkusTransaction.rollback();

        assertEquals(ProblemCode.TOO_MANY_SENDS, refusal(send));
    }

    /** RULES E2: it is asked outside of the change, like all that counts a message. */
    @Test
    void changeThatIsOpenStopsNothing() throws SQLException {
        QuarkusTransaction.begin();
        try (var connection = dataSource.getConnection();
                var stop = connection.prepareStatement(
                        "insert into sending_stop (channel, region, reason) values ('sms', 'CA', 'a test')")) {
            assertEquals(1, stop.executeUpdate());
            limits.reserve(send("CA", "+16045550198"));
            assertEquals(1, rows("select count(*) from sending_stop where region = 'CA'"));
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private ProblemCode refusal(Send send) {
        return assertThrows(Problem.class, () -> limits.reserve(send)).code();
    }

    private static Send send(String region, String number) {
        var slot = UUID.randomUUID().toString();
        return new Send("shop", slot, UUID.randomUUID(), Channel.SMS, number, Optional.of(region), false, null, 500);
    }

    private long rows(String query) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
