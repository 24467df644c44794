package io.postern.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Computer;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RULES G2: what makes all computers be asked again, at once and on every copy. */
final class ForgettingIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Rows rows = Rows.of(postern);
    private final Person person = Person.enrolled(postern, api);

    /** What a person or their front end does. */
    enum Cause {
        FACTOR_ADDED {
            @Override
            void happen(Api api, Person person) {
                SecondApp.of(person, api);
            }
        },
        RECOVERY_CODES_RENEWED {
            @Override
            void happen(Api api, Person person) {
                person.with(person.proof("new_recovery_codes"))
                        .post(person.path("/recovery-codes"))
                        .expect(201);
            }
        },
        TWO_FACTOR_DISABLED {
            @Override
            void happen(Api api, Person person) {
                person.with(person.proof("disable"))
                        .post(person.path("/disable"))
                        .expect(204);
                person.enroll();
            }
        },
        LAST_FACTOR_REMOVED {
            @Override
            void happen(Api api, Person person) {
                person.with(person.proof("remove_factor"))
                        .delete(person.path("/factors/" + person.factor()))
                        .expect(204);
                person.enroll();
            }
        },
        ASKED_EVERY_SIGN_IN {
            @Override
            void happen(Api api, Person person) {
                api.put(person.path("/preferences"), Map.of("ask_every_sign_in", true))
                        .expect(200);
                api.put(person.path("/preferences"), Map.of("ask_every_sign_in", false))
                        .expect(200);
            }
        },
        ALL_FORGOTTEN {
            @Override
            void happen(Api api, Person person) {
                api.delete(person.path("/devices")).expect(204);
                api.delete(person.path("/devices")).expect(204);
            }
        };

        abstract void happen(Api api, Person person);
    }

    @ParameterizedTest
    @EnumSource
    void noComputerIsRememberedAfter(Cause cause) {
        var computers = List.of(Computer.of(person), Computer.of(person));

        cause.happen(api, person);

        assertEquals(0, rows.of(person));
        assertEquals(
                0,
                api.get(person.path("/devices"))
                        .expect(200)
                        .json()
                        .path("devices")
                        .size());
        assertEquals(1, rows.audited(person, "devices_forgotten"));
        for (var computer : computers) {
            person.signInWith(postern.api(SeededClient.DEMO_ADMIN, 1), computer.token())
                    .expect(201);
        }
        Computer.of(person).signIn().expect(200);
    }

    @Test
    void removalOfOneOfSeveralFactorsForgetsToo() {
        var tablet = SecondApp.of(person, api);
        var computer = Computer.of(person);
        person.with(person.proof("remove_factor"))
                .delete(person.path("/factors/" + tablet.factor()))
                .expect(204);
        assertEquals(0, rows.of(person));
        computer.signIn().expect(201);
    }

    /** What protects nothing more and nothing less. */
    @Test
    void changesOfNoFactorForgetNothing() {
        var computer = Computer.of(person);
        api.patch(person.path("/factors/" + person.factor()), Map.of("label", "Phone"))
                .expect(200);
        api.put(person.path(), Map.of("display_name", "Somebody")).expect(200);
        api.put(person.path("/preferences"), Map.of("ask_every_sign_in", false)).expect(200);
        api.post(person.path("/disable")).expect(403);
        computer.signIn().expect(200);
    }

    @Test
    void forgottenComputerIsAskedAndTheOthersAreNot() {
        var forgotten = Computer.of(person);
        var kept = Computer.of(person);

        api.delete(person.path("/devices/" + forgotten.device())).expect(204);

        api.delete(person.path("/devices/" + forgotten.device())).expectProblem(404, "not_found");
        forgotten.signIn().expect(201);
        kept.signIn().expect(200);
        assertEquals(1, rows.audited(person, "devices_forgotten"));
        assertEquals(0, rows.audited(person, "device_token_reused"));
    }

    /** The deletion is seen by a use that waits for it. */
    @Test
    void changeOfFactorsEndsTheDeviceByItsVersionToo() {
        var computer = Computer.of(person);
        rows.sql().change("update subject set version = version + 1 where external_id = ?", person.subject());
        computer.signIn().expect(201);
        assertEquals(
                0,
                api.get(person.path("/devices"))
                        .expect(200)
                        .json()
                        .path("devices")
                        .size());
    }

    /** The approval stands, the computer is not remembered: it was proven by what is no more. */
    @Test
    void changeBetweenApprovalAndRememberingLeavesNothingRemembered() throws Exception {
        var challenge = person.challenge();
        var code = person.code();
        try (var connection = postern.connect();
                var statement = connection.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "update subject set version = version + 1 where external_id = '" + person.subject() + "'");
            var answer = CompletableFuture.supplyAsync(() -> person.verify(challenge, code), threads);
            awaitWaiting();
            connection.commit();

            assertApprovedAlone(answer.join());
        }
    }

    /** RULES B6. */
    @Test
    void failureToRememberDoesNotLoseTheApproval() {
        rows.sql().change("""
                create function refuse_device() returns trigger language plpgsql as
                $$ begin raise exception 'refused'; end $$""");
        rows.sql().change("""
                create trigger refuse_device before insert on remembered_device
                for each row execute function refuse_device()""");
        try {
            var challenge = person.challenge();
            assertApprovedAlone(person.verify(challenge, person.code()));
            assertEquals(
                    "approved",
                    api.get("/v1/challenges/" + challenge).expect(200).text("status"));
        } finally {
            rows.sql().change("drop function refuse_device() cascade");
        }
    }

    /** RULES B6. What was given up may still be done later: a device whose token nobody has. */
    @Test
    void approvalDoesNotWaitForARowThatCannotBeWritten() throws SQLException {
        var challenge = person.challenge();
        var code = person.code();
        try (var connection = postern.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table remembered_device in access exclusive mode");
            var answer = person.verify(challenge, code);
            connection.rollback();
            assertTrue(answer.expect(200).json().has("verification_token"), answer::toString);
            assertFalse(answer.json().has("device_token"), answer::toString);
        }
    }

    private void assertApprovedAlone(Answer answer) {
        assertTrue(answer.expect(200).json().has("verification_token"), answer::toString);
        assertFalse(answer.json().has("device_token"), answer::toString);
        assertEquals(0, rows.of(person));
    }

    private void awaitWaiting() {
        Await.until(
                Duration.ofSeconds(5),
                "a wait",
                () -> rows.sql()
                                .number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                        + " and query like '%insert into remembered_device%'")
                        > 0);
    }
}
