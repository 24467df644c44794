package io.postern.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.harness.ExtraCopies;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** RULES H5: one copy seals at a time, and another goes on where it ended. */
@TestInstance(Lifecycle.PER_CLASS)
final class SealerIT {

    /** Thirty batches of the sealer. */
    private static final int ROWS = 15_000;

    private static final String SEALING =
            "select count(*) from pg_stat_activity where state = 'active' and wait_event = 'PgSleep'";

    /** Its copy seals nothing: the tests start those that do. */
    private final Postern postern =
            Postern.start(Postern.Options.DEFAULT.withCopies(1).withEnvironment("QUARKUS_SCHEDULER_ENABLED", "false"));

    private final Sql sql = Sql.on(postern);

    @AfterAll
    void close() {
        postern.close();
    }

    @Test
    void killedSealerIsTakenOver() {
        var trail = new Trail(postern).with(ROWS);
        try (var copies = ExtraCopies.beside(postern)) {
            var first = copies.launch(Map.of());
            Await.until(Trail.DEADLINE, "begun", () -> trail.count("sequence is not null") > 0);
            first.kill();
            long left = trail.count("sequence is null");
            assertTrue(left > 0, "killed in the middle of it");

            copies.start(Map.of());
            trail.sealed();
        }
        assertIntact(trail, ROWS);
    }

    /** Its connection is open and its transaction holds the lock: Postgres ends it. */
    @Test
    void sealerThatStandsStillIsTakenOver() {
        var trail = new Trail(postern);
        sql.change("create function slow() returns trigger language plpgsql as"
                + " $$ begin perform pg_sleep(0.4); return null; end $$");
        sql.change("create trigger slow before update on audit_event for each statement execute function slow()");
        try (var copies = ExtraCopies.beside(postern)) {
            var first = copies.start(Map.of());
            trail.with(1);
            Await.until(Trail.DEADLINE, "at it", () -> sql.number(SEALING) > 0);
            first.freeze();
            Await.until(Trail.DEADLINE, "idle with the lock", () -> sql.number(SEALING) == 0);
            assertEquals(1, trail.count("sequence is null"));
            // Waits for the lock, and not for as long as it may be held.
            sql.change("set lock_timeout = '30s'; drop function slow() cascade");

            trail.with(4);
            copies.start(Map.of());
            trail.sealed();
            first.thaw();
            assertIntact(trail.with(3).sealed(), 8);
        } finally {
            sql.change("drop function if exists slow() cascade");
        }
    }

    private static void assertIntact(Trail trail, long rows) {
        var found = trail.verify();
        assertTrue(found.path("intact").booleanValue(), found::toString);
        assertEquals(rows, found.path("verified").longValue());
    }
}
