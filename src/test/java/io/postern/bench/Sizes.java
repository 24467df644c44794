package io.postern.bench;

import io.postern.embedded.Await;
import io.postern.embedded.Postgres;
import io.postern.embedded.Redis;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * {@code ./mvnw -Pbench -Dbench.main=Sizes}: loads subjects, lets people sign in, and says how many bytes the rows of each
 * table and their indexes take, and what a challenge costs Redis in memory and traffic.
 */
final class Sizes {
    private static final int SIGN_INS = 10_000;
    private static final int CHALLENGES = 10_000;
    private static final int AT_ONCE = 16;
    private static final Duration SEALED = Duration.ofMinutes(5);
    private static final String PURPOSE = "sign_in";

    private final Postern postern;
    private final Population population;
    private final Api api;
    private final Sql sql;

    private Sizes(Postern postern) {
        this.postern = postern;
        this.population = new Population(postern);
        this.api = postern.api(SeededClient.DEMO_ADMIN);
        this.sql = Sql.on(postern);
    }

    public static void main(String[] arguments) {
        int subjects = Settings.read().subjects().getLast();
        var options = new Postern.Options(
                1,
                new Postgres.Options(Optional.empty(), Map.of("shared_buffers", "512MB")),
                Redis.Options.TEMPORARY,
                Map.of("POSTERN_HOUSEKEEPING_INTERVAL", "5s"),
                List.of("-Xmx512m"),
                OptionalInt.empty());
        try (Postern postern = Postern.start(options)) {
            new Sizes(postern).run(subjects);
        }
        System.exit(0);
    }

    private void run(int subjects) {
        population.growTo(subjects);
        System.out.printf("%,d subjects, each with an app and ten recovery codes%n", subjects);
        tables();
        var codes = population.codes();
        var bytes = new AtomicInteger();
        long in = redis("total_net_input_bytes");
        long out = redis("total_net_output_bytes");
        each(SIGN_INS, number -> bytes.addAndGet(signIn(codes)));
        System.out.printf(
                "%,d sign-ins that remember the computer: bodies and headers of the calls %,d bytes, to Redis %,d, from it %,d, each%n",
                SIGN_INS,
                bytes.get() / SIGN_INS,
                (redis("total_net_input_bytes") - in) / SIGN_INS,
                (redis("total_net_output_bytes") - out) / SIGN_INS);
        System.out.printf(
                "audit rows of a sign-in: %.2f%n",
                sql.number("select count(*) from audit_event where challenge is not null") / (double) SIGN_INS);
        awaitSealed();
        for (var table : List.of("audit_event", "approval", "remembered_device")) {
            sql.change("vacuum (full, analyze) " + table); // as after years, not as after a burst
        }
        tables();
        memory(subjects);
    }

    /** Says how many rows a second were sealed when nobody signed in any more. */
    private void awaitSealed() {
        long begun = System.nanoTime();
        long rows = unsealed();
        Await.until(SEALED, "the trail is sealed", () -> unsealed() == 0);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%,d audit rows were not sealed yet; sealed in %.1f s%n", rows, seconds);
    }

    private long unsealed() {
        return sql.number("select count(*) from audit_event where sequence is null");
    }

    private int signIn(Codes codes) {
        var turn = codes.next().orElseThrow();
        var subject = turn.subject();
        var created = api.post(
                        "/v1/challenges",
                        Map.of("subject", subject.id(), "purpose", PURPOSE, "nonce", "n-" + subject.id()))
                .expect(201);
        var approved = api.post(
                        "/v1/challenges/" + created.text("id") + "/verify",
                        Map.of("factor", subject.factor(), "code", turn.code(), "remember_device", true))
                .expect(200);
        return size(created) + size(approved);
    }

    private static int size(Answer answer) {
        int headers = answer.headers().map().entrySet().stream()
                .mapToInt(header -> header.getKey().length()
                        + header.getValue().stream().mapToInt(String::length).sum()
                        + 4)
                .sum();
        return headers + answer.body().length();
    }

    /** Rows with their heap and indexes; the partitions of a table together. */
    private void tables() {
        System.out.printf("%-20s %12s %10s %10s %10s%n", "table", "rows", "row", "indexes", "together");
        sql.texts("""
                        select format('%s %s %s %s', t.name, sum(greatest(c.reltuples, 0))::bigint,
                                      sum(pg_table_size(c.oid)), sum(pg_indexes_size(c.oid)))
                        from (select c.oid, coalesce(parent.relname, c.relname) as name
                              from pg_class c
                              left join pg_inherits i on i.inhrelid = c.oid
                              left join pg_class parent on parent.oid = i.inhparent
                              where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace) t
                        join pg_class c on c.oid = t.oid
                        group by t.name having sum(c.reltuples) >= 1000 order by t.name
                        """).forEach(Sizes::table);
    }

    private static void table(String line) {
        var fields = line.split(" ", -1);
        double rows = Double.parseDouble(fields[1]);
        double heap = Double.parseDouble(fields[2]) / rows;
        double indexes = Double.parseDouble(fields[3]) / rows;
        System.out.printf("%-20s %,12.0f %10.0f %10.0f %10.0f%n", fields[0], rows, heap, indexes, heap + indexes);
    }

    private void memory(int subjects) {
        var perChallenge = perKey(
                "an open challenge",
                CHALLENGES,
                number -> api.post(
                                "/v1/challenges",
                                Map.of("subject", Subject.of(number % subjects).id(), "purpose", PURPOSE))
                        .expect(201));
        var withKey = perKey(
                "the same with an Idempotency-Key",
                CHALLENGES,
                number -> api.with("Idempotency-Key", "key-" + number)
                        .post(
                                "/v1/challenges",
                                Map.of("subject", Subject.of(number % subjects).id(), "purpose", PURPOSE))
                        .expect(201));
        System.out.printf("so the record of a key: %,d bytes%n", withKey - perChallenge);
        var withFailure = perKey("a challenge with a wrong code", CHALLENGES, number -> {
            var subject = Subject.of((number + CHALLENGES) % subjects);
            var id = api.post("/v1/challenges", Map.of("subject", subject.id(), "purpose", PURPOSE))
                    .expect(201)
                    .text("id");
            api.post("/v1/challenges/" + id + "/verify", Map.of("factor", subject.factor(), "code", "no code"))
                    .expect(422);
        });
        System.out.printf("so the failures of a subject: %,d bytes%n", withFailure - perChallenge);
    }

    private long perKey(String what, int times, Consumer<Integer> call) {
        long before = redis("used_memory");
        each(times, call);
        long bytes = (redis("used_memory") - before) / times;
        System.out.printf("Redis, %s: %,d bytes%n", what, bytes);
        return bytes;
    }

    private static void each(int times, Consumer<Integer> call) {
        var free = new Semaphore(AT_ONCE);
        var failed = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < times; i++) {
                int number = i;
                free.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        call.accept(number);
                    } catch (RuntimeException | AssertionError e) {
                        failed.incrementAndGet();
                    } finally {
                        free.release();
                    }
                });
            }
        }
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " of " + times + " failed");
        }
    }

    /** A number of INFO. */
    private long redis(String field) {
        return String.valueOf(postern.redis().command("INFO"))
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> Long.valueOf(line.substring(field.length() + 1).strip()))
                .findFirst()
                .orElseThrow();
    }
}
