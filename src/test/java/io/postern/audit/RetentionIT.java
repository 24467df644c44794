package io.postern.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.harness.Api;
import io.postern.harness.ExtraCopy;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.housekeeping.HousekeepingTask;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** RULES H5: what is older than the retention goes, behind a checkpoint from which verification goes on. */
@TestInstance(Lifecycle.PER_CLASS)
final class RetentionIT {

    private final YearMonth present = YearMonth.from(LocalDate.now(ZoneOffset.UTC));
    private static final Duration USUAL = Duration.ofDays(400);

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Its copy seals, and does no round after that of its start: the tests do the rounds. */
    private final Postern postern =
            Postern.start(Postern.Options.DEFAULT.withCopies(1).withEnvironment("POSTERN_HOUSEKEEPING_INTERVAL", "1h"));

    private final Sql sql = Sql.on(postern);

    @AfterAll
    void close() {
        postern.close();
    }

    /** One more round, beside the calls, would take the tables that a test has just made. */
    @Test
    void roundOfTheStartIsDoneOnceAndBeforeTheFirstCall() {
        var before = roundsOfTheCopy();
        new Trail(postern).with(1).sealed(); // so what is done by the clock is done

        assertEquals(List.of("1"), before.values().stream().distinct().toList(), before::toString);
        assertEquals(before, roundsOfTheCopy());
    }

    @Test
    void oldMonthsGoAndTheRestIsVerified() {
        var old = month(20);
        var older = month(21);
        var kept = month(12);
        var trail = new Trail(postern);
        var quiet = new Trail(postern); // has old events alone
        add(trail, older, 3);
        add(quiet, older, 2);
        add(trail, old, 4);
        add(trail, kept, 5);
        trail.with(6).sealed();
        quiet.sealed();
        var known = trail.verify().path("head").textValue();

        // As a copy does it, which makes up for a round that fails by the next.
        try (var copy = ExtraCopy.of(
                postern, Map.of("POSTERN_AUDIT_RETENTION", "400d", "POSTERN_HOUSEKEEPING_INTERVAL", "1s"))) {
            Await.until(SOON, "the old months go", () -> there(old, older).isEmpty());
        }

        assertEquals(1, there(kept).size());
        assertVerified(trail, 8, 11);
        assertEquals(11, trail.pages("limit=5").size());
        assertTrue(trail.verify(Map.of("known", known)).path("intact").booleanValue());
        assertVerified(quiet, 3, 0);

        // The chains go on, and the ends are as safe as they were.
        quiet.with(1).sealed();
        assertVerified(quiet, 3, 1);
        trail.change("delete from audit_event where application_id = ? and sequence = 8");
        assertEquals(8, trail.verify().at("/broken/sequence").longValue());
        trail.change("update audit_chain set dropped_sequence = 8 where application_id = ?");
        assertEquals("head_changed", trail.verify().at("/broken/kind").textValue());
        forget(trail);
    }

    /** An event of an old month that was sealed after younger ones waits for them, or a number would be missing. */
    @Test
    void rowThatWasSealedLateStaysUntilTheYoungerOnesGo() {
        var old = month(18);
        var next = month(17);
        var trail = new Trail(postern);
        add(trail, old, 3);
        add(trail, next, 2);
        add(trail, old, 1); // number 6
        add(trail, next, 1);
        trail.with(2).sealed();

        rounds(keeping(next));
        assertEquals(List.of(), there(old));
        assertEquals(1, there(next).size());
        assertVerified(trail, 4, 6);
        assertEquals(List.of("6"), rest(trail));

        rounds(keeping(month(16)));
        assertEquals(List.of(), there(next));
        assertVerified(trail, 8, 2);
        assertEquals(List.of(), rest(trail));
    }

    /** As a row that comes late, between the sealer's last look and the drop: its application and all others are whole. */
    @Test
    void whatIsNotSealedIsNotDropped() {
        var old = month(19);
        var trail = new Trail(postern);
        add(trail, old, 2);
        var others = new Trail(postern);
        add(others, old, 2);
        sql.change("create function refuse() returns trigger language plpgsql as"
                + " $$ begin raise exception 'not sealed'; end $$");
        sql.change("create trigger refuse before update on " + Partitions.name(old)
                + " for each row execute function refuse()");
        try {
            trail.change(
                    "insert into audit_event (application_id, type, at) values (?, 'test', ?::timestamptz)",
                    old.atDay(15).toString());

            rounds(USUAL);

            assertEquals(1, there(old).size());
            assertEquals(1, trail.count("sequence is null"));
            assertVerified(trail, 1, 2);
            assertVerified(others, 1, 2);
        } finally {
            sql.change("drop function refuse() cascade");
        }
        trail.sealed();
        rounds(USUAL);
        assertEquals(List.of(), there(old));
    }

    @Test
    void monthOfAChainWithoutItsEndIsNotDropped() {
        var old = month(25);
        var trail = new Trail(postern);
        add(trail, old, 2);
        trail.change("delete from audit_chain where application_id = ?");

        rounds(USUAL);

        assertEquals(1, there(old).size());
        assertEquals(2, trail.count("true"));
        forget(trail);
        rounds(USUAL);
        assertEquals(List.of(), there(old));
    }

    /** Verifying a long trail takes a while, and what goes meanwhile is not missing. */
    @Test
    void rowsThatGoWhileTheyAreVerifiedAreNotMissing() {
        var old = month(23);
        var trail = new Trail(postern);
        add(trail, old, 3);
        trail.with(2).sealed();
        var reads = new AtomicInteger();
        var source = Trail.source(postern, () -> {});
        var rows = new SealedRows(Trail.source(postern, () -> {
            if (reads.incrementAndGet() == 2) { // the first look is at the newest row
                rounds(USUAL);
            }
        }));
        var seals = Trail.seals(postern);

        var found = new Verifier(source, new Chains(seals), rows, seals).verify(trail.application(), null);

        assertEquals(List.of(), there(old));
        assertTrue(found.isIntact(), found::toString);
        assertEquals(List.of(4L, 2L), List.of(found.first(), found.good()));
    }

    /** Months whose rows came before their table, as after a long stand-still. */
    @Test
    void monthTakesItsEarlyRowsFromTheRest() {
        var trail = new Trail(postern);
        var ahead = present.plusMonths(2);
        sql.change("drop table " + Partitions.name(ahead));
        add(trail, ahead, 3);
        trail.sealed();
        assertEquals(3, rest(trail).size());

        rounds(new MonthsAhead(Clock.systemUTC()));

        assertEquals(List.of(), rest(trail));
        assertEquals(
                3,
                sql.number(
                        "select count(*) from " + Partitions.name(ahead) + " where application_id = ?",
                        trail.application()));
        assertVerified(trail, 1, 3);
        trail.with(1);
        add(trail, ahead, 1);
        assertVerified(trail.sealed(), 1, 5);
    }

    /** How often each task was done. */
    private Map<String, String> roundsOfTheCopy() {
        var done = Pattern.compile("postern_housekeeping_runs_total\\{outcome=\"done\",task=\"(\\w+)\"} (\\d+).*");
        return Api.at(postern.first())
                .get("/q/metrics")
                .expect(200)
                .body()
                .lines()
                .map(done::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    }

    private YearMonth month(int ago) {
        var month = present.minusMonths(ago);
        if (there(month).isEmpty()) {
            sql.change("create table %s partition of audit_event for values from ('%s') to ('%s')"
                    .formatted(
                            Partitions.name(month),
                            Partitions.beginning(month),
                            Partitions.beginning(month.plusMonths(1))));
            sql.change("alter table " + Partitions.name(month) + " owner to "
                    + postern.postgres().username());
        }
        return month;
    }

    private static void add(Trail trail, YearMonth month, int rows) {
        trail.change(
                "insert into audit_event (application_id, type, at) select ?, 'test', ?::timestamptz from generate_series(1, ?)",
                month.atDay(15).toString(),
                rows);
        trail.sealed();
    }

    private static Duration keeping(YearMonth month) {
        return Duration.ofDays(
                LocalDate.now(ZoneOffset.UTC).toEpochDay() - month.atDay(2).toEpochDay());
    }

    private void rounds(Duration retention) {
        rounds(new Retention(() -> retention, new Chains(Trail.seals(postern)), Clock.systemUTC()));
    }

    /** Batch after batch until nothing is left to do, each in a transaction of its own, as the housekeeping of a copy does it. */
    private void rounds(HousekeepingTask task) {
        try (var connection = Trail.source(postern, () -> {}).getConnection();
                var statement = connection.createStatement()) {
            // The sealer of the copy may be at it just then, and a round would leave the trail to it.
            statement.execute("select pg_advisory_lock(x'706f7374'::int, hashtext('" + Chains.LOCK + "'))");
            connection.setAutoCommit(false);
            boolean more = true;
            while (more) {
                more = task.run(connection).more();
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> there(YearMonth... months) {
        return List.of(months).stream()
                .map(Partitions::name)
                .filter(name -> sql.number("select count(*) from pg_class where relname = ?", name) > 0)
                .toList();
    }

    private List<String> rest(Trail trail) {
        return sql.texts(
                "select sequence from audit_event_rest where application_id = ? order by sequence",
                trail.application());
    }

    /** A chain that was broken on purpose would keep its months for good. */
    private static void forget(Trail trail) {
        trail.change("delete from audit_event where application_id = ?");
        trail.change("delete from audit_chain where application_id = ?");
    }

    private static void assertVerified(Trail trail, long first, long rows) {
        var found = trail.verify();
        assertTrue(found.path("intact").booleanValue(), found::toString);
        assertEquals(first, found.path("first").longValue(), found::toString);
        assertEquals(rows, found.path("verified").longValue(), found::toString);
    }
}
