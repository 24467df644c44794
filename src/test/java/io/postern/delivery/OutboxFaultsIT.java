package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.Await;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * DESIGN section 6: what ends between the queue and the commit that takes a message out of the outbox. Two copies; that commit is
 * held up for as long as a test holds a lock.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class OutboxFaultsIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Postern postern = Postern.start(Postern.Options.DEFAULT.withDelivery());
    private final Posting posting = Posting.to(postern);
    private final DeliveryPages pages = new DeliveryPages(postern);
    private final Sql sql = Sql.on(postern);

    @BeforeAll
    void holdUpMoves() {
        sql.change("""
                create function held_up() returns trigger language plpgsql as
                $$ begin perform pg_advisory_xact_lock_shared(4711); return old; end $$""");
        sql.change("create trigger held_up before delete on outbox for each row execute function held_up()");
    }

    @AfterAll
    void close() {
        posting.close();
        postern.close();
    }

    @Test
    void messageThatStillWaitsInTheQueueIsNotQueuedTwiceByAKilledCopy() throws SQLException {
        postern.mail().stop();
        var message = Posting.mail(Posting.address());
        try (var holding = holding()) {
            put(message);
            Await.until(SOON, "it is in the queue", () -> pages.waiting(Channel.EMAIL) == 1);
            killCopies();
            assertEquals(1, rows());
            holding.rollback();
        }
        startCopies();

        Await.until(SOON, "the outbox is empty", () -> rows() == 0);
        postern.mail().again();
        awaitDone();
        assertEquals(1, mails(message));
    }

    /** A mailbox shows it once all the same: both have one id. */
    @Test
    void messageThatWasSentAlreadyIsSentOnceMoreAfterItsCopyWasKilled() throws SQLException {
        var message = Posting.mail(Posting.address());
        try (var holding = holding()) {
            put(message);
            Await.until(SOON, "it is sent, and said so", () -> mails(message) == 1 && pages.isDone(Channel.EMAIL));
            killCopies();
            assertEquals(1, rows());
            holding.rollback();
        }
        startCopies();

        Await.until(SOON, "the outbox is empty", () -> rows() == 0);
        awaitDone();
        assertEquals(2, mails(message));
        assertEquals(
                1,
                postern.mail().mailsTo(message.to()).stream()
                        .map(mail -> mail.header("Message-ID"))
                        .distinct()
                        .count());
    }

    @Test
    void messageIsToldOnceWhenPostgresGoesWhileItIsMoved() throws SQLException {
        postern.mail().stop();
        var message = Posting.mail(Posting.address());
        try (var _ = holding()) {
            put(message);
            Await.until(SOON, "it is in the queue", () -> pages.waiting(Channel.EMAIL) == 1);
            postern.postgres().kill();
        }
        postern.postgres().start();

        Await.until(SOON, "the outbox is empty", () -> rows() == 0);
        postern.mail().again();
        awaitDone();
        assertEquals(1, mails(message));
    }

    /** No move is committed until it ends its transaction. */
    private Connection holding() throws SQLException {
        var connection = postern.connect();
        connection.setAutoCommit(false);
        try (var lock = connection.createStatement()) {
            lock.execute("select pg_advisory_xact_lock(4711)");
        }
        return connection;
    }

    private void put(Message message) throws SQLException {
        try (var connection = postern.connect();
                var insert =
                        connection.prepareStatement("insert into outbox (id, sealed, expires_at) values (?, ?, ?)")) {
            insert.setObject(1, message.id());
            insert.setBytes(2, posting.envelope().seal(message, Envelope.outbox(message.id())));
            insert.setObject(3, OffsetDateTime.ofInstant(message.end(), ZoneOffset.UTC));
            assertEquals(1, insert.executeUpdate());
        }
    }

    private void killCopies() {
        IntStream.range(0, 2).forEach(copy -> postern.copy(copy).kill());
    }

    private void startCopies() {
        IntStream.range(0, 2).forEach(postern::restart);
    }

    private void awaitDone() {
        Await.until(SOON, "all is done", () -> {
            pages.waitsAreOver(Channel.EMAIL);
            return pages.isDone(Channel.EMAIL);
        });
    }

    private long rows() {
        return sql.number("select count(*) from outbox");
    }

    private int mails(Message message) {
        return postern.mail().mailsTo(message.to()).size();
    }
}
