package io.postern.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Many enrollments at once, while Postgres is killed. */
final class Enrollments {
    /** Each has ten recovery codes hashed, for which a busy machine needs its time. */
    private static final int PEOPLE = 20;

    private static final int ANSWERED = 5;

    private final Postern postern;
    private final List<Api> copies;
    private final Sql sql;
    private final List<Person> people;
    private final CountDownLatch answered = new CountDownLatch(ANSWERED);
    private List<Optional<Begun>> begun = List.of();

    /** An enrollment that was answered; {@code active} when its activation was too. */
    private record Begun(String factor, boolean active) {}

    Enrollments(Postern postern, List<Api> copies) {
        this.postern = postern;
        this.copies = copies;
        this.sql = Sql.on(postern);
        this.people = IntStream.range(0, PEOPLE)
                .mapToObj(number -> Person.registered(postern, copies.get(number % 2)))
                .toList();
    }

    /** Postgres is killed whatever becomes of the enrollments, so that a failure of one of them is what is shown. */
    void runAndKillPostgresInTheMiddle() {
        List<Callable<Optional<Begun>>> calls = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            var person = people.get(i);
            var api = copies.get(i % 2);
            calls.add(() -> enroll(person, api));
        }
        calls.add(() -> {
            try {
                assertTrue(answered.await(30, TimeUnit.SECONDS), "too few were answered");
            } finally {
                Outage.POSTGRES_KILLED.begin(postern);
            }
            return Optional.empty();
        });
        begun = Burst.of(calls).subList(0, PEOPLE);
    }

    private Optional<Begun> enroll(Person person, Api api) {
        var pending = api.post(person.path("/factors"), Map.of("type", "totp"));
        if (pending.status() != 201) {
            pending.expectProblem(503, "store_unavailable");
            return Optional.empty();
        }
        var factor = pending.text("id");
        var code = Totp.codeAt(pending.text("secret"), Instant.now());
        var active = api.post(person.path("/factors/" + factor + "/activate"), Map.of("code", code));
        if (active.status() != 200) {
            active.expectProblem(503, "store_unavailable");
            return Optional.of(new Begun(factor, false));
        }
        answered.countDown();
        return Optional.of(new Begun(factor, true));
    }

    /** To be asked once all has healed. */
    void requireWhole() {
        long active =
                begun.stream().flatMap(Optional::stream).filter(Begun::active).count();
        assertTrue(active >= ANSWERED && active < PEOPLE, () -> "Postgres was killed too late: " + begun);
        begun.stream().flatMap(Optional::stream).forEach(one -> {
            var status = sql.texts("select status from factor where id = ?::uuid", one.factor());
            assertEquals(1, status.size(), () -> "Forgotten: " + one);
            assertTrue(!one.active() || status.getFirst().equals("active"), () -> "Forgotten: " + one);
        });
        for (var person : people) {
            // Version, default and audit row belong to the activation.
            assertEquals(List.of("t"), sql.texts("""
                            select s.version = count(f.activated_at)
                               and s.version = count(*) filter (where f.status = 'active' and f.default_factor)
                               and s.version = (select count(*) from audit_event a
                                                where a.subject_id = s.id and a.type = 'factor_activated')
                            from subject s left join factor f on f.subject_id = s.id and f.type <> 'recovery_code'
                            where s.external_id = ? group by s.id
                            """, person.subject()), person::subject);
        }
    }
}
