package io.postern.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.crypto.KeyRing;
import io.postern.crypto.KeyedHash;
import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** RULES I1: guessing secrets is slow, and a flood of guesses takes nothing from sign-ins. */
final class ClientThrottleIT {

    private final Postern postern = Postern.shared();

    @Test
    void wrongSecretsAreDelayedPerClientAndSourceOverAllCopies() throws Exception {
        var client = OwnClient.of(postern, "demo-admin");
        var neighbour = OwnClient.of(postern, "demo-admin");

        var guesses = new ArrayList<Answer>();
        for (int round = 0; round < 4; round++) {
            guesses.addAll(Burst.of(12, number -> client.token(copy(number), "wrong-" + UUID.randomUUID())));
        }

        assertEquals(10, count(guesses, 401), "compared, however many copies and at once");
        assertTrue(count(guesses, 429) > 0);
        assertEquals(guesses.size(), count(guesses, 401) + count(guesses, 429) + count(guesses, 503));
        var delayed = client.token(postern.first(), client.secret()).expect(429);
        assertEquals("{\"error\":\"temporarily_unavailable\"}", delayed.body());
        assertEquals("no-store", delayed.header("Cache-Control").orElseThrow());
        long wait = Long.parseLong(delayed.header("Retry-After").orElseThrow());
        assertTrue(wait > 0 && wait <= 30, "waits " + wait);
        assertEquals("10", failures(client), "nothing is counted in a delay");

        neighbour.token(postern.first(), neighbour.secret()).expect(200);
        assertEquals(200, tokenFrom("127.0.0.2", client), "from another source");
    }

    /** RULES I3: no proxy is configured, so nobody's word for their own address counts. */
    @Test
    void addressThatTheCallerWritesIsNoOtherSource() {
        var client = OwnClient.of(postern, "demo-admin");
        for (int guess = 0; guess < 10; guess++) {
            guessFrom("10.0.0." + guess, client).expect(401);
        }

        guessFrom("10.0.0.10", client).expect(429);
    }

    @Test
    void rightSecretIsTakenWhenTheDelayIsOverAndForgetsTheFailures() {
        var client = OwnClient.of(postern, "demo-admin");
        for (int guess = 0; guess < 10; guess++) {
            client.token(copy(guess), "wrong-" + guess).expect(401);
        }
        client.token(postern.first(), client.secret()).expect(429);

        timePasses(client, 31);
        client.token(postern.first(), client.secret()).expect(200);

        assertEquals("null", failures(client));
    }

    @Test
    void delayDoublesWithEachFurtherFailure() {
        var client = OwnClient.of(postern, "demo-admin");
        for (int guess = 0; guess < 10; guess++) {
            client.token(copy(guess), "wrong-" + guess).expect(401);
        }
        for (int seconds = 30; seconds <= 120; seconds *= 2) {
            var delayed = client.token(postern.first(), "wrong").expect(429);
            long wait = Long.parseLong(delayed.header("Retry-After").orElseThrow());
            assertTrue(wait > seconds - 10 && wait <= seconds, "waits " + wait + " of " + seconds);
            timePasses(client, seconds + 1);
            client.token(postern.second(), "wrong").expect(401);
        }
    }

    /** With the secrets' table locked every check hangs; no more of them than the bound hold a connection. */
    @Test
    void checksOfSecretsAreBoundedAndTakeNothingFromSignIns() throws Exception {
        var person = Person.enrolled(postern, postern.api(SeededClient.DEMO_ADMIN));
        var answers = new ArrayList<CompletableFuture<Answer>>();
        try (var lock = postern.connect();
                var statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table client_secret in access exclusive mode");
            for (int number = 0; number < 40; number++) {
                var client = "flood-" + UUID.randomUUID();
                answers.add(CompletableFuture.supplyAsync(
                        () -> new OwnClient(postern, client, "").token(postern.first(), "wrong"),
                        Thread::startVirtualThread));
            }
            Await.until(
                    Duration.ofSeconds(5),
                    "some are turned away",
                    () -> answers.stream().anyMatch(answer -> answer.isDone() && isOverloaded(answer.join())));
            assertTrue(waiting() <= 8, "hold a connection: " + waiting());
            person.verify(person.challenge(), person.code()).expect(200);
            lock.rollback();
        }
        for (var answer : answers) {
            var status = answer.join().status();
            assertTrue(status == 401 || status == 503, answer.join().toString());
        }
    }

    private Answer guessFrom(String address, OwnClient client) {
        return Api.at(postern.first())
                .withBasic(client.id(), "wrong")
                .with("X-Forwarded-For", address)
                .with("X-Real-IP", address)
                .with("Forwarded", "for=" + address)
                .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"));
    }

    private static boolean isOverloaded(Answer answer) {
        return answer.status() == 503
                && answer.body().equals("{\"error\":\"temporarily_unavailable\"}")
                && answer.header("Retry-After").orElse("").equals("1");
    }

    private long waiting() throws SQLException {
        return Sql.on(postern)
                .number("select count(*) from pg_stat_activity where application_name = 'postern'"
                        + " and wait_event_type = 'Lock' and query like '%client_secret%'");
    }

    private URI copy(int number) {
        return number % 2 == 0 ? postern.first() : postern.second();
    }

    private static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    private String failures(OwnClient client) {
        return String.valueOf(postern.redis().command("HGET", key(client), "failures"));
    }

    /** As if the last failure lay so much further back. */
    private void timePasses(OwnClient client, int seconds) {
        postern.redis().command("HINCRBY", key(client), "last", Long.toString(-1_000L * seconds));
    }

    private String key(OwnClient client) {
        var hash = new KeyedHash(new KeyRing(postern.keys().ring()));
        return "postern:{" + hash.tag("client and source", client.id(), "127.0.0.1") + "}:throttle";
    }

    private int tokenFrom(String source, OwnClient client) throws Exception {
        var basic = Base64.getEncoder()
                .encodeToString((client.id() + ":" + client.secret()).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(postern.first().resolve("/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        try (var http = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(source))
                .build()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
