package io.postern.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DESIGN section 6: a failing store is a 503 in time, nothing is approved, and all heals without a restart. */
@TestInstance(Lifecycle.PER_CLASS)
final class FailingStoresIT {
    private static final Duration HEALED = Duration.ofSeconds(30);

    /** By which the statement of a creation, and that of a decision, is known among those that Postgres runs. */
    private static final String CREATION = "%ask_every_sign_in%";

    private static final String DECISION = "%with try as%";
    private static final int PARALLEL = 30;

    private final Postern postern = Postern.start(Postern.Options.DEFAULT);
    private final List<Api> copies =
            List.of(postern.api(SeededClient.DEMO_ADMIN, 0), postern.api(SeededClient.DEMO_ADMIN, 1));

    @AfterAll
    void close() {
        postern.close();
    }

    @ParameterizedTest
    @EnumSource
    void outageIsToldInTimeApprovesNothingAndHeals(Outage outage) {
        var at = Standing.on(postern, copies.getFirst());
        var rightCode = new RightCode(postern, copies.getLast());
        fillPools(at);
        if (outage == Outage.POSTGRES_FROZEN) {
            leaveAlone();
        }
        outage.begin(postern);
        try {
            rightCode.isNotApproved();
            Stream.of(alone(at), together(at), sameClientTogether())
                    .flatMap(List::stream)
                    .forEach(call -> call.requireToldInTime(outage));
            isAliveAndNotReady();
            metricsTell(outage);
        } finally {
            outage.end(postern);
        }
        heals(at);
        rightCode.wasNotApprovedAndIsAtMostOnce(outage);
    }

    /** Afterwards the call would go to Redis twice. */
    @Test
    void storeThatFailsInTheMiddleOfACallIsToldInTime() throws Exception {
        var at = Standing.on(postern, copies.getFirst());
        var once = copies.getFirst().with("Idempotency-Key", UUID.randomUUID().toString());
        redisFreezesDuring(CREATION, () -> timed(Endpoint.CREATE_CHALLENGE, once, at))
                .requireToldInTime(Outage.REDIS_FROZEN);
        heals(at);
    }

    /** RULES B5: the approval stands in Postgres, whatever becomes of the challenge in Redis. */
    @Test
    void approvalStandsThoughItsChallengeCannotBeClosed() throws Exception {
        var at = Standing.on(postern, copies.getFirst());
        var person = Person.enrolled(postern, copies.getFirst());
        var challenge = person.challenge();
        var code = person.code();
        redisFreezesDuring(DECISION, () -> person.verify(challenge, code)).expect(200);
        heals(at);
        person.verify(challenge, person.code()).expectProblem(409, "challenge_closed");
    }

    /** RULES H3: the caller may repeat the call with its key as soon as the outage is over. */
    @Test
    void keyOfACallThatAnOutageFailedIsFreeAgain() {
        var at = Standing.on(postern, copies.getFirst());
        var once = copies.getFirst().with("Idempotency-Key", UUID.randomUUID().toString());
        Outage.POSTGRES_STOPPED.begin(postern);
        try {
            assertEquals(503, Endpoint.CREATE_CHALLENGE.call(once, at).status());
        } finally {
            Outage.POSTGRES_STOPPED.end(postern);
        }
        heals(at);
        assertEquals(201, Endpoint.CREATE_CHALLENGE.call(once, at).status());
    }

    /** RULES I1 counts failures of clients, and an outage is none of theirs. */
    @Test
    void rightClientSecretIsNotDelayedAfterAnOutage() {
        var at = Standing.on(postern, copies.getFirst());
        Outage.POSTGRES_STOPPED.begin(postern);
        try {
            for (int i = 0; i < 12; i++) {
                assertEquals(503, otherClientsToken());
            }
        } finally {
            Outage.POSTGRES_STOPPED.end(postern);
        }
        heals(at);
        assertEquals(200, otherClientsToken());
    }

    /** DESIGN section 6: no half-written enrollment. */
    @Test
    void enrollmentIsThereAsAWholeOrNotAtAll() {
        var at = Standing.on(postern, copies.getFirst());
        var enrollments = new Enrollments(postern, copies);
        try {
            enrollments.runAndKillPostgresInTheMiddle();
        } finally {
            Outage.POSTGRES_KILLED.end(postern);
        }
        heals(at);
        enrollments.requireWhole();
    }

    /** The last moment at which a transaction can fail. Nor does the call's key stay taken (RULES H3). */
    @Test
    void postgresThatDiesAtACommitIsToldAndLeavesNothing() {
        var person = Person.registered(postern, copies.getFirst());
        var sql = Sql.on(postern);
        sql.change("""
                create function die() returns trigger language plpgsql as
                $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$
                """);
        sql.change("""
                create constraint trigger die after insert on factor deferrable initially deferred
                for each row when (new.label = 'dies at the commit') execute function die()
                """);

        var body = Map.of("type", "totp", "label", "dies at the commit");
        var once = copies.getFirst().with("Idempotency-Key", UUID.randomUUID().toString());
        long before = begun();
        once.post(person.path("/factors"), body).expectProblem(503, "store_unavailable");

        assertEquals(0, sql.number("select count(*) from factor where label = 'dies at the commit'"));
        assertEquals(before, begun());
        sql.change("drop trigger die on factor");
        once.post(person.path("/factors"), body).expect(201);
        assertEquals(before + 1, begun());
    }

    /** Enrollments that the first copy has counted. */
    private long begun() {
        return Api.at(postern.first())
                .get("/q/metrics")
                .expect(200)
                .body()
                .lines()
                .filter(line ->
                        line.startsWith("postern_security_events_total{") && line.contains("type=\"enrollment_begun\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The call has been to Redis and is at Postgres when Redis freezes. */
    private <T> T redisFreezesDuring(String statement, Callable<T> call) throws Exception {
        try (var locking = postern.connect();
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            locking.setAutoCommit(false);
            locking.createStatement().execute("lock table subject in access exclusive mode");
            var running = pool.submit(call);
            Await.until(
                    Duration.ofSeconds(10),
                    "the call waits for the lock, as what goes on beside it does",
                    () -> Sql.on(postern)
                                    .number(
                                            "select count(*) from pg_stat_activity"
                                                    + " where wait_event_type = 'Lock' and query like ?",
                                            statement)
                            > 0);
            Outage.REDIS_FROZEN.begin(postern);
            try {
                locking.rollback();
                return running.get(15, TimeUnit.SECONDS);
            } finally {
                Outage.REDIS_FROZEN.end(postern);
            }
        }
    }

    private int otherClientsToken() {
        var client = SeededClient.OTHER_ADMIN;
        return Api.at(postern.first())
                .withBasic(client.id(), client.secret())
                .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"))
                .status();
    }

    /** As many connections as there can be, for each of them hangs in its own way. */
    private void fillPools(Standing at) {
        Burst.of(2 * PARALLEL, number -> copies.get(number % 2).get(at.person().path()));
    }

    /** A connection that nobody used for a while is looked at before it is used again. */
    private static void leaveAlone() {
        var quiet = Instant.now().plusSeconds(6);
        Await.until(Duration.ofSeconds(10), "a quiet while", () -> Instant.now().isAfter(quiet));
    }

    /** Each endpoint once, one after another on each copy. */
    private List<Timed> alone(Standing at) {
        var endpoints = Endpoint.values();
        return Burst.of(
                        2,
                        copy -> IntStream.range(0, endpoints.length)
                                .filter(number -> number % 2 == copy)
                                .mapToObj(number -> timed(endpoints[number], copies.get(copy), at))
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Timed> together(Standing at) {
        var endpoints = Endpoint.values();
        return Burst.of(PARALLEL, number -> timed(endpoints[number % endpoints.length], copies.get(number % 2), at));
    }

    /** As when every copy of a front end wants a token. */
    private List<Timed> sameClientTogether() {
        var api = Api.at(postern.first());
        return Burst.of(PARALLEL, number -> Timed.of(Endpoint.TOKEN, () -> Endpoint.token(api, "client")));
    }

    private static Timed timed(Endpoint endpoint, Api api, Standing at) {
        return Timed.of(endpoint, () -> endpoint.call(api, at));
    }

    private void isAliveAndNotReady() {
        for (int copy = 0; copy < copies.size(); copy++) {
            var health = Api.at(postern.copy(copy).baseUrl());
            assertEquals(200, health.get("/q/health/live").status());
            assertEquals(503, health.get("/q/health/ready").status());
        }
    }

    private void metricsTell(Outage outage) {
        boolean redis = outage.name().startsWith("REDIS");
        var told = List.of(up("postgres", redis ? 1 : 0), up("redis", redis ? 0 : 1));
        for (int copy = 0; copy < copies.size(); copy++) {
            var page = Api.at(postern.copy(copy).baseUrl());
            Await.until(
                    HEALED,
                    "the metrics say " + told,
                    () -> page.get("/q/metrics")
                            .expect(200)
                            .body()
                            .lines()
                            .toList()
                            .containsAll(told));
        }
    }

    private static String up(String store, int value) {
        return "postern_store_up{store=\"%s\"} %d.0".formatted(store, value);
    }

    private void heals(Standing at) {
        Await.until(
                HEALED,
                "every endpoint of both copies works",
                () -> copies.stream()
                        .allMatch(api -> Arrays.stream(Endpoint.values())
                                .allMatch(endpoint -> endpoint.call(api, at).status() < 500)));
        assertTrue(postern.copy(0).isReady());
        assertTrue(postern.copy(1).isReady());
    }
}
