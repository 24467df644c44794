package io.postern.docs;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.token.Checker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * People who sign in all the while through two copies behind a balancer, which gives a copy no call while it is restarted. Each
 * call of a sign-in may go to another copy. Like a front end it keeps access tokens and published keys for as long as it may.
 */
final class SteadySignIns implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PEOPLE = 2;
    private static final int ENOUGH = 4;
    private static final SeededClient CLIENT = SeededClient.DEMO_ADMIN;

    private final Postern postern;
    private final List<ReadWriteLock> inUse = List.of(new ReentrantReadWriteLock(), new ReentrantReadWriteLock());
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger passed = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ending;
    private volatile String keptToken;
    private volatile Checker keptKeys;

    private SteadySignIns(Postern postern) {
        this.postern = postern;
        this.keptToken = token(postern.first());
        this.keptKeys = Checker.reading(postern.first(), CLIENT.application());
    }

    static SteadySignIns through(Postern postern) {
        var signIns = new SteadySignIns(postern);
        for (int number = 0; number < PEOPLE; number++) {
            var person = Person.enrolled(postern, postern.api(CLIENT));
            signIns.threads.execute(() -> signIns.signInAgainAndAgain(person));
        }
        signIns.awaitMore();
        return signIns;
    }

    /** Restarts one copy after the other, each without a call on it, with sign-ins before, between and after. */
    void roll() {
        for (int copy = 0; copy < inUse.size(); copy++) {
            var lock = inUse.get(copy).writeLock();
            lock.lock();
            try {
                postern.restart(copy);
            } finally {
                lock.unlock();
            }
            awaitMore();
        }
    }

    /** The published keys were kept as long as they may be. */
    void forgetKeys() {
        keptKeys = at(copy -> Checker.reading(copy, CLIENT.application()));
        awaitMore();
    }

    /** The access token was kept until its end. */
    void forgetToken() {
        keptToken = at(SteadySignIns::token);
        awaitMore();
    }

    int passed() {
        return passed.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private void awaitMore() {
        int wanted = passed.get() + ENOUGH;
        Await.until(PATIENCE, "more sign-ins", () -> passed.get() >= wanted || !failures.isEmpty());
    }

    private void signInAgainAndAgain(Person person) {
        while (!ending) {
            try {
                signIn(person);
                passed.incrementAndGet();
            } catch (RuntimeException | AssertionError e) {
                failures.add(e.toString());
            }
        }
    }

    private void signIn(Person person) {
        var fresh = at(SteadySignIns::token);
        var challenge = call(keptToken, api -> person.challenge(api, Map.of("purpose", "sign_in")))
                .expect(201)
                .text("id");
        var code = person.code();
        var approved = call(fresh, api -> person.verify(api, challenge, code)).expect(200);
        keptKeys.check(approved.text("verification_token"));
    }

    private interface Call<T> {
        T at(URI copy);
    }

    private interface ApiCall {
        Answer by(Api api);
    }

    private Answer call(String token, ApiCall call) {
        return at(copy -> call.by(Api.at(copy).withToken(token)));
    }

    /** At the next copy that is not being restarted. */
    private <T> T at(Call<T> call) {
        while (true) {
            int copy = Math.floorMod(turns.getAndIncrement(), inUse.size());
            var lock = inUse.get(copy).readLock();
            if (lock.tryLock()) {
                try {
                    return call.at(postern.copy(copy).baseUrl());
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** A new access token. */
    static String token(URI copy) {
        return Api.at(copy)
                .withBasic(CLIENT.id(), CLIENT.secret())
                .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"))
                .expect(200)
                .text("access_token");
    }

    @Override
    public void close() {
        ending = true;
        threads.close();
    }
}
