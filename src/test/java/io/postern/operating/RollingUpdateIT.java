package io.postern.operating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.postern.embedded.Await;
import io.postern.embedded.Balancer;
import io.postern.embedded.SeededClient;
import io.postern.harness.Approvals;
import io.postern.harness.Person;
import io.postern.harness.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** DESIGN section 6: a rolling update drops no request, and a copy that is killed takes nothing with it but what it had in hand. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RollingUpdateIT {
    private static final int VICTIM = 1;
    private static final String NAME_OF_VICTIM = "copy-2";
    private static final int HELD = 9;
    private static final Duration SOON = Duration.ofSeconds(8);

    @SuppressWarnings("NullAway.Init")
    private static BalancedCopies copies;

    @BeforeAll
    static void start() {
        assumeTrue(Balancer.isInstalled(), "haproxy is not installed");
        copies = BalancedCopies.start();
    }

    @AfterAll
    static void close() {
        if (copies != null) {
            copies.close();
        }
    }

    private final Calls calls = new Calls(copies.url());
    private final Approvals approvals = Approvals.on(copies.postern());
    private final Sql sql = Sql.on(copies.postern());

    /** RULES B5, G1. Nor needs a balancer to make any call twice: there are some that would not. */
    @Test
    @Order(1)
    void rollingRestartFailsNoRequest() {
        var flow = flow();
        try (flow) {
            for (int copy = 0; copy < BalancedCopies.COPIES; copy++) {
                copies.restart(copy);
            }
            flow.awaitMore();
        }
        assertEquals(List.of(), calls.failed(), () -> calls.made() + " calls");
        assertEquals(List.of(), copies.triedAgain(), () -> calls.made() + " calls");
        requireNothingTwiceAndNothingLost(flow);
    }

    /** RULES B5, G1: what was in hand may have been decided or not, and the caller may ask again. The last: the copy stays away. */
    @Test
    @Order(2)
    void copyKilledHardFailsOnlyWhatItHadInHand() throws SQLException {
        var flow = flow();
        killWhileItDecides(flow);
        requireNothingTwiceAndNothingLost(flow);
        assertTrue(flow.signIns().stream().anyMatch(signIn -> !signIn.answered()));
    }

    private void killWhileItDecides(SteadyFlow flow) throws SQLException {
        long before;
        long after;
        try (flow) {
            var people = IntStream.range(0, HELD)
                    .mapToObj(number ->
                            Person.enrolled(copies.postern(), copies.postern().api(SeededClient.DEMO_ADMIN)))
                    .toList();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                    var locking = copies.postern().connect()) {
                locking.setAutoCommit(false);
                lock(locking, people);
                for (var person : people) {
                    var challenge = person.challenge();
                    threads.execute(() -> flow.verify(person, challenge));
                }
                Await.until(
                        SOON,
                        "each is being decided",
                        () -> sql.number("select count(*) from pg_locks where not granted") >= HELD);
                before = System.nanoTime();
                copies.postern().copy(VICTIM).kill();
                after = System.nanoTime();
                locking.rollback();
            }
            flow.awaitMore();
        }
        requireInHand(before, after);
    }

    private SteadyFlow flow() {
        return SteadyFlow.start(copies.postern(), copies.postern().api(SeededClient.DEMO_ADMIN), calls);
    }

    private static void lock(Connection locking, List<Person> people) throws SQLException {
        try (var rows = locking.prepareStatement("select from factor where id = any (?::uuid[]) for update")) {
            rows.setArray(
                    1,
                    locking.createArrayOf(
                            "text", people.stream().map(Person::factor).toArray()));
            rows.execute();
        }
    }

    /**
     * Each call that failed was under way when the copy was killed, by the caller's clock, and with that copy by the balancer's
     * log. HAProxy writes no line of a call whose connection it closes without an answer, because it had reused one to the copy.
     */
    private void requireInHand(long before, long after) {
        assertFalse(calls.failed().isEmpty());
        for (var failed : calls.failed()) {
            assertTrue(List.of(502, Calls.NO_ANSWER).contains(failed.status()), failed::toString);
            var unlogged = failed.status() == Calls.NO_ANSWER ? "" : NAME_OF_VICTIM;
            assertTrue(List.of(NAME_OF_VICTIM, unlogged).contains(copies.server(failed.id())), failed::toString);
            assertTrue(failed.began() < after && failed.ended() > before, failed::toString);
        }
    }

    private void requireNothingTwiceAndNothingLost(SteadyFlow flow) {
        assertEquals(List.of(), flow.faults());
        Await.until(SOON, "no statement runs", () -> sql.number("""
                select count(*) from pg_stat_activity where usename = 'postern' and state = 'active'
                """) == 0);
        var api = copies.postern().api(SeededClient.DEMO_ADMIN);
        var before = approvals.of(challenges(flow));
        flow.signIns()
                .forEach(signIn ->
                        signIn.requireOneApproval(before.getOrDefault(signIn.challenge(), 0L), approvals, api));
        var after = approvals.of(challenges(flow));
        flow.signIns().stream()
                .collect(Collectors.groupingBy(
                        SignIn::person, Collectors.summingLong(signIn -> after.getOrDefault(signIn.challenge(), 0L))))
                .forEach((person, approved) -> assertEquals(approved, approvals.by(person.factor())));
        flow.enrolled().forEach(this::requireWhole);
        assertEquals(0, sql.number("select count(*) from audit_event where type = 'device_token_reused'"));
    }

    private static List<String> challenges(SteadyFlow flow) {
        return flow.signIns().stream().map(SignIn::challenge).toList();
    }

    /** An answered enrollment is there; one without an answer is there as a whole, or can be finished. */
    private void requireWhole(SteadyFlow.Enrolled enrolled) {
        var path = "/v1/subjects/" + enrolled.subject();
        var api = copies.postern().api(SeededClient.DEMO_ADMIN);
        boolean active =
                sql.number("select count(*) from factor where id = ?::uuid and status = 'active'", enrolled.factor())
                        == 1;
        if (enrolled.answered()) {
            assertTrue(active, enrolled::toString);
        } else {
            int again = api.post(path + "/factors/" + enrolled.factor() + "/activate", Map.of("code", enrolled.code()))
                    .status();
            assertEquals(!active, again == 200, () -> enrolled + ": " + again);
        }
        assertEquals("on", api.get(path).expect(200).text("two_factor"));
        assertEquals(
                1,
                sql.number(
                        "select count(*) from audit_event where type = 'factor_activated' and factor_id = ?::uuid",
                        enrolled.factor()),
                enrolled::toString);
    }
}
