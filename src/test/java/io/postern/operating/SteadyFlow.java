package io.postern.operating;

import io.postern.embedded.Await;
import io.postern.harness.Api;
import io.postern.harness.Computer;
import io.postern.harness.Correspondent;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Totp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * People who sign in all the while, with an app, with a code by mail and on a remembered computer, and others who enroll. Who
 * did not get the expected answer stops there, and is looked after afterwards.
 */
final class SteadyFlow implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Of what costs much, as the hashes of new recovery codes do. */
    private static final Duration LONG_PAUSE = Duration.ofMillis(1500);

    private static final int PEOPLE = 4;
    private static final int ROUNDS = 2;

    private final Calls calls;
    private final Queue<SignIn> signIns = new ConcurrentLinkedQueue<>();
    private final Queue<Enrolled> enrolled = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final List<Loop> loops = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ending;

    private SteadyFlow(Calls calls) {
        this.calls = calls;
    }

    /**
     * Somebody who sent the first code.
     *
     * @param answered whether the caller was told that the factor is active
     */
    record Enrolled(String subject, String factor, String code, boolean answered) {}

    /** Starts it, with people who enroll at the first copy; returns when everybody has done something. */
    static SteadyFlow start(Postern postern, Api first, Calls calls) {
        var flow = new SteadyFlow(calls);
        for (int number = 0; number < PEOPLE; number++) {
            var person = Person.enrolled(postern, first);
            flow.repeat(PAUSE, () -> flow.signIn(person));
        }
        var traveller = flow.new Traveller(Person.enrolled(postern, first));
        flow.repeat(PAUSE, traveller::signIn);
        var correspondent = Correspondent.byMail(postern, first);
        flow.repeat(PAUSE, () -> flow.signInByMail(correspondent));
        flow.repeat(LONG_PAUSE, flow::enroll);
        flow.repeat(LONG_PAUSE, () -> {
            calls.renewToken();
            return true;
        });
        flow.awaitMore();
        return flow;
    }

    private final class Traveller {
        private final Person person;
        private String token;

        Traveller(Person person) {
            this.person = person;
            this.token = Computer.of(person).token();
        }

        /** Without an answer the token is good once more (RULES G1), so the computer tries again. */
        private boolean signIn() {
            calls.make("remembered", 200, api -> person.signInWith(api, token))
                    .ifPresent(answer -> token = answer.text("device_token"));
            return true;
        }
    }

    /** What one of them does again and again. */
    private final class Loop implements Runnable {
        private final Duration pause;
        private final BooleanSupplier round;
        private final AtomicInteger rounds = new AtomicInteger();
        private volatile boolean ended;

        /** @param round false when there is nothing more to do */
        Loop(Duration pause, BooleanSupplier round) {
            this.pause = pause;
            this.round = round;
        }

        @Override
        public void run() {
            try {
                while (!ending && round.getAsBoolean()) {
                    rounds.incrementAndGet();
                    LockSupport.parkNanos(pause.toNanos());
                }
            } catch (RuntimeException | AssertionError e) {
                faults.add(e);
            } finally {
                ended = true;
            }
        }

        private BooleanSupplier more() {
            int wanted = rounds.get() + ROUNDS;
            return () -> ended || rounds.get() >= wanted;
        }
    }

    private void repeat(Duration pause, BooleanSupplier round) {
        var loop = new Loop(pause, round);
        loops.add(loop);
        threads.execute(loop);
    }

    private boolean signIn(Person person) {
        var challenge = calls.make("challenge", 201, api -> person.challenge(api, Map.of("purpose", "sign_in")));
        if (challenge.isEmpty()) {
            return true;
        }
        return verify(person, challenge.get().text("id"));
    }

    /** Sends a right code; false when the answer is not known. */
    boolean verify(Person person, String challenge) {
        var code = person.code();
        boolean approved = calls.make("verify", 200, api -> person.verify(api, challenge, code))
                .isPresent();
        signIns.add(new SignIn(person, challenge, code, approved));
        return approved;
    }

    private boolean signInByMail(Correspondent person) {
        var challenge = calls.make(
                "challenge",
                201,
                api -> api.post("/v1/challenges", Map.of("subject", person.subject(), "purpose", "sign_in")));
        if (challenge.isEmpty()) {
            return true;
        }
        var id = challenge.get().text("id");
        var known = Set.copyOf(person.codes(0));
        person.nothingWasSent(id);
        var sent = calls.make(
                "send", 202, api -> api.post("/v1/challenges/" + id + "/send", Map.of("factor", person.factor())));
        if (sent.isPresent()) {
            var code = newCode(person, known);
            calls.make("verify by mail", 200, api -> person.verify(api, id, code));
        }
        return true;
    }

    /** A mail that a killed copy has sent may come twice. */
    private static String newCode(Correspondent person, Set<String> known) {
        Await.until(PATIENCE, "a mail", () -> !known.containsAll(person.codes(0)));
        return person.codes(0).stream()
                .filter(code -> !known.contains(code))
                .findFirst()
                .orElseThrow();
    }

    private boolean enroll() {
        var subject = "newcomer-" + UUID.randomUUID();
        var path = "/v1/subjects/" + subject;
        calls.make("register", 201, api -> api.put(path, Map.of("email", "newcomer@example.com")))
                .flatMap(registered ->
                        calls.make("begin", 201, api -> api.post(path + "/factors", Map.of("type", "totp"))))
                .ifPresent(pending -> {
                    var factor = pending.text("id");
                    var code = Totp.codeAt(pending.text("secret"), Instant.now());
                    boolean active = calls.make(
                                    "activate",
                                    200,
                                    api -> api.post(path + "/factors/" + factor + "/activate", Map.of("code", code)))
                            .isPresent();
                    enrolled.add(new Enrolled(subject, factor, code, active));
                });
        return true;
    }

    /** Returns when everybody who goes on has done some more. */
    void awaitMore() {
        var more = loops.stream().map(Loop::more).toList();
        Await.until(PATIENCE, "everybody does more", () -> more.stream().allMatch(BooleanSupplier::getAsBoolean));
    }

    List<SignIn> signIns() {
        return List.copyOf(signIns);
    }

    List<Enrolled> enrolled() {
        return List.copyOf(enrolled);
    }

    /** What went wrong otherwise than by an answer. */
    List<Throwable> faults() {
        return List.copyOf(faults);
    }

    /** Everybody finishes what they do. */
    @Override
    public void close() {
        ending = true;
        threads.close();
    }
}
