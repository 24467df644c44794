package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** DESIGN section 6: Redis may go and come back empty; what is committed in the outbox goes out all the same. */
@TestInstance(Lifecycle.PER_CLASS)
final class DeliveryOutageIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Postern postern =
            Postern.start(Postern.Options.DEFAULT.withCopies(1).withDelivery());
    private final Posting posting = Posting.to(postern);
    private final Sql sql = Sql.on(postern);

    @AfterAll
    void close() {
        posting.close();
        postern.close();
    }

    /** With its streams the groups are gone. */
    @Test
    void redisThatComesBackEmptyIsUsedAgainAndTheOutageIsLoggedOnce() {
        int before = outages();
        postern.redis().kill();
        Await.until(SOON, "it is noticed", () -> outages() > before);
        assertFalse(
                Await.holdsWithin(
                        Duration.ofSeconds(5), () -> outages() > before + 4), // each queue, the outbox, the gauges
                "the log is flooded");
        postern.redis().start();

        var message = Posting.mail(Posting.address());
        Await.until(SOON, "it is queued", () -> isQueued(message));

        awaitMail(message);
        assertEquals(1, postern.mail().mailsTo(message.to()).size());
    }

    @Test
    void streamThatIsGoneIsMadeAgain() {
        postern.redis().command("DEL", "postern:{delivery:email}:queue");
        var message = Posting.mail(Posting.address());
        posting.queue(message);
        awaitMail(message);
    }

    @Test
    void outboxSendsWhatIsCommittedAndNothingElse() throws SQLException {
        var committed = Posting.mail(Posting.address());
        var rolledBack = Posting.mail(Posting.address());
        try (var connection = postern.connect()) {
            connection.setAutoCommit(false);
            put(connection, rolledBack);
            var third = Posting.mail(Posting.address());
            try (var other = postern.connect()) {
                put(other, third);
            }
            awaitMail(third); // the copy looks past rows of others
            assertEquals(List.of(), postern.mail().mailsTo(rolledBack.to()));
            connection.rollback();
            put(connection, committed);
            connection.commit();
        }
        awaitMail(committed);
        Await.until(SOON, "the outbox is empty", () -> rows() == 0);
        assertEquals(1, postern.mail().mailsTo(committed.to()).size());
        assertEquals(List.of(), postern.mail().mailsTo(rolledBack.to()));
    }

    @Test
    void outboxWaitsForRedis() throws SQLException {
        var message = Posting.mail(Posting.address());
        postern.redis().stop();
        try (var connection = postern.connect()) {
            put(connection, message);
            assertFalse(Await.holdsWithin(Duration.ofSeconds(3), () -> rows() == 0));
        } finally {
            postern.redis().start();
        }
        awaitMail(message);
        Await.until(SOON, "the outbox is empty", () -> rows() == 0);
        assertEquals(1, postern.mail().mailsTo(message.to()).size());
    }

    /** More of them than one batch has. */
    @Test
    void rowsThatCannotBeReadHoldUpNobodyAndGoAtTheirEnd() throws SQLException {
        sql.change("""
                insert into outbox (id, sealed, expires_at)
                select gen_random_uuid(), '\\x0673656c2d31', now() + interval '1 hour' from generate_series(1, 120)""");
        sql.change(
                "insert into outbox (id, sealed, expires_at) values (gen_random_uuid(), '\\x00', now() - interval '1 second')");
        var message = Posting.mail(Posting.address());
        try (var connection = postern.connect()) {
            put(connection, message);
        }
        awaitMail(message);
        Await.until(SOON, "the ended row is gone", () -> rows() == 120);
        sql.change("update outbox set expires_at = now()");
        Await.until(SOON, "all are gone", () -> rows() == 0);
    }

    /** RULES H4: a sealed message cannot be given another row's id. */
    @Test
    void outboxHoldsMessagesSealedInTheirPlace() throws SQLException {
        var moved = Posting.mail(Posting.address());
        var message = Posting.mail(Posting.address());
        try (var connection = postern.connect()) {
            put(connection, moved, UUID.randomUUID());
            put(connection, message);
        }
        awaitMail(message);
        assertEquals(1, rows());
        assertFalse(sql.texts("select encode(sealed, 'escape') from outbox")
                .toString()
                .contains(moved.to()));
        sql.change("delete from outbox");
        assertEquals(List.of(), postern.mail().mailsTo(moved.to()));
    }

    private void put(Connection connection, Message message) throws SQLException {
        put(connection, message, message.id());
    }

    private void put(Connection connection, Message message, UUID row) throws SQLException {
        try (var insert = connection.prepareStatement("insert into outbox (id, sealed, expires_at) values (?, ?, ?)")) {
            insert.setObject(1, row);
            insert.setBytes(2, posting.envelope().seal(message, Envelope.outbox(message.id())));
            insert.setObject(3, OffsetDateTime.ofInstant(message.end(), ZoneOffset.UTC));
            assertEquals(1, insert.executeUpdate());
        }
    }

    private long rows() {
        return sql.number("select count(*) from outbox");
    }

    private boolean isQueued(Message message) {
        try {
            posting.queue(message);
            return true;
        } catch (RuntimeException unavailable) {
            return false;
        }
    }

    private void awaitMail(Message message) {
        Await.until(
                SOON,
                "the mail is there",
                () -> !postern.mail().mailsTo(message.to()).isEmpty());
    }

    private int outages() {
        try {
            var log = Files.readString(postern.logs().getFirst());
            assertTrue(log.contains("Listening on"), log);
            return log.split("is tried again until it works", -1).length - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
