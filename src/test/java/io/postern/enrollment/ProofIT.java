package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.KeyFiles;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.FaultLog;
import io.postern.harness.Forger;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RULES F1, F2: what is no proof, for each change. Real proofs with one thing changed, signed with the service's key. */
final class ProofIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN);
    private final Forger forger = Forger.with(postern.keys().verification());

    /** A change that needs a proof, and how to see that it was not made. */
    enum Guarded {
        ADD_FACTOR,
        ACTIVATE_FACTOR,
        REMOVE_FACTOR,
        DISABLE,
        UNLOCK_FACTOR,
        CHANGE_EMAIL;

        String action() {
            return this == ACTIVATE_FACTOR ? "add_factor" : name().toLowerCase(Locale.ROOT);
        }

        Answer ask(Api api, Person person, String pending) {
            return switch (this) {
                case ADD_FACTOR -> PendingApp.ask(api, person);
                case ACTIVATE_FACTOR -> activate(api, person, pending);
                case REMOVE_FACTOR -> api.delete(person.path("/factors/" + person.factor()));
                case DISABLE -> api.post(person.path("/disable"));
                case UNLOCK_FACTOR -> api.post(person.path("/factors/" + person.factor() + "/unlock"));
                case CHANGE_EMAIL -> api.put(person.path(), Map.of("email", "thief@example.com"));
            };
        }

        private static Answer activate(Api api, Person person, String pending) {
            var parts = pending.split(" ", -1);
            return new PendingApp(person, parts[0], parts[1]).activate(api);
        }
    }

    @ParameterizedTest
    @EnumSource
    void changeNeedsAProofOfItsOwn(Guarded change) {
        var log = FaultLog.from(postern);
        var person = Person.enrolled(postern, api);
        var pending = pending(change, person);
        var real = proof(change, person);
        lock(change, person);
        var before = state(person);

        var taken = new ArrayList<String>();
        assertRefused(change, change.ask(api, person, pending));
        forged(change, person, real).forEach((what, token) -> {
            timePasses(pending);
            var answer = change.ask(person.with(token), person, pending);
            if (answer.status() == 403) {
                assertRefused(change, answer);
            } else {
                taken.add("%s (%d)".formatted(what, answer.status()));
            }
        });
        assertEquals(List.of(), taken, "were taken for a proof");
        assertEquals(before, state(person));

        timePasses(pending);
        var answer = change.ask(person.with(forger.again(real, claims -> {})), person, pending);
        assertEquals(2, answer.status() / 100, "the same token is a proof with nothing changed: " + answer);
        assertEquals(List.of(), log.entries());
    }

    /** What the person can earn; for an unlocking as if by another factor. */
    private String proof(Guarded change, Person person) {
        var proof = person.proof(change.action());
        return change == Guarded.UNLOCK_FACTOR
                ? forger.again(
                        proof, claims -> claims.put("factor", UUID.randomUUID().toString()))
                : proof;
    }

    /** Each is the real proof but for what its name says. */
    private Map<String, String> forged(Guarded change, Person person, String real) {
        long now = Instant.now().getEpochSecond();
        var tokens = new LinkedHashMap<String, String>();
        Map<String, Consumer<Map<String, Object>>> changes = new LinkedHashMap<>();
        changes.put("of a sign-in", claims -> claims.put("purpose", "sign_in"));
        changes.put("of another action", claims -> claims.put("action", "new_recovery_codes"));
        changes.put("of no action", claims -> claims.remove("action"));
        changes.put("of another subject", claims -> claims.put("sub", "nobody"));
        changes.put("of a subject in other letters", claims -> claims.compute("sub", (name, sub) -> upper(sub)));
        changes.put("of another application", claims -> claims.put("aud", "other-admin"));
        changes.put("of two applications", claims -> claims.put("aud", List.of("demo-admin", "other-admin")));
        changes.put("of another issuer", claims -> claims.put("iss", "http://elsewhere.test"));
        changes.put("that has ended", claims -> {
            claims.put("iat", now - 290); // else it ends before it begins, which is refused for that alone
            claims.put("exp", now - 1);
        });
        changes.put("proven over five minutes ago", claims -> claims.put("auth_time", now - 301));
        changes.put("of level 1", claims -> claims.put("acr", "urn:postern:level:1"));
        changes.put("of level 0", claims -> claims.put("acr", "urn:postern:level:0"));
        changes.put("of no known level", claims -> claims.put("acr", "urn:postern:level:9"));
        changes.put("of a remembered device", claims -> claims.put("amr", List.of("otp", "mfa", "remembered")));
        changes.put(
                "of an older version", claims -> claims.compute("subject_version", (name, value) -> (Long) value - 1));
        changes.put(
                "of a newer version", claims -> claims.compute("subject_version", (name, value) -> (Long) value + 1));
        if (change == Guarded.UNLOCK_FACTOR) {
            changes.put("of the locked factor itself", claims -> claims.put("factor", person.factor()));
        }
        for (var claim : Forger.claims(real).keySet()) {
            changes.put("without " + claim, claims -> claims.remove(claim));
            changes.put("with an object for " + claim, claims -> claims.put(claim, Map.of("a", 1)));
        }
        changes.remove("without challenge"); // says what was passed, for the front end; no rule judges it
        changes.remove("with an object for challenge");
        changes.forEach((what, edit) -> tokens.put(what, forger.again(real, edit)));
        for (var type : List.of("at+jwt", "JWT", "")) {
            tokens.put("of type " + type, forger.again(real, header -> header.put("typ", type), claims -> {}));
        }
        tokens.put("without a type", forger.again(real, header -> header.remove("typ"), claims -> {}));
        tokens.put("of an unknown key", forger.again(real, header -> header.put("kid", "unknown"), claims -> {}));
        tokens.put("unsigned", forger.unsigned(real));
        tokens.put("signed with the public key", forger.confused(real));
        tokens.put(
                "of a foreign key",
                Forger.with(KeyFiles.signingKey(forger.keyId())).again(real, claims -> {}));
        tokens.put(
                "of the access tokens' key",
                Forger.with(postern.keys().access()).again(real, claims -> {}));
        tokens.put("that is an access token", postern.accessToken(SeededClient.DEMO_ADMIN));
        for (var junk : List.of("", "x", "a.b.c", "null", "x".repeat(5_000))) {
            tokens.put("that is " + junk, junk);
        }
        return tokens;
    }

    private static Object upper(Object text) {
        return text.toString().toUpperCase(Locale.ROOT);
    }

    /** With what the caller needs to ask for the right one. */
    private static void assertRefused(Guarded change, Answer answer) {
        var json = answer.expectProblem(403, "verification_required").json();
        assertEquals(change.action(), json.path("action").textValue());
        assertEquals("urn:postern:level:2", json.path("acr_values").textValue());
        assertEquals(300, json.path("max_age").intValue());
    }

    private String pending(Guarded change, Person person) {
        if (change != Guarded.ACTIVATE_FACTOR) {
            return "";
        }
        var app = PendingApp.begin(person.with(person.proof("add_factor")), person);
        return app.id() + " " + app.secret();
    }

    private void lock(Guarded change, Person person) {
        if (change == Guarded.UNLOCK_FACTOR) {
            Sql.on(postern)
                    .change("update factor set locked_at = now(), failures = 100 where id = ?::uuid", person.factor());
        }
    }

    /** A pending factor takes five tries, and here it is not they that are tried. */
    private void timePasses(String pending) {
        if (!pending.isEmpty()) {
            Sql.on(postern).change("update factor set tries = 0 where id = ?::uuid", pending.split(" ", -1)[0]);
        }
    }

    private List<String> state(Person person) {
        var state = new ArrayList<String>();
        state.add(api.get(person.path()).expect(200).body());
        state.add(String.valueOf(Sql.on(postern).number("select count(*) from spent_proof")));
        return state;
    }
}
