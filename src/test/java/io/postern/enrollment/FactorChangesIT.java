package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rename, default, removal and unlocking of factors that are there. */
final class FactorChangesIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api other = postern.api(SeededClient.DEMO_ADMIN, 1);

    @Test
    void factorIsRenamedWithoutAProof() {
        var person = Person.enrolled(postern, api);
        var path = person.path("/factors/" + person.factor());

        assertEquals(
                "Work ✆", api.patch(path, Map.of("label", "Work ✆")).expect(200).text("label"));
        assertEquals("Work ✆", other.get(path).text("label"));
        for (var label : List.of("", " ", "a\nb", "x".repeat(65))) {
            api.patch(path, Map.of("label", label)).expectProblem(400, "malformed_request");
        }
        assertEquals("Work ✆", api.patch(path, Map.of()).expect(200).text("label"));
    }

    @Test
    void firstFactorIsTheDefaultUntilAnotherIsMadeIt() {
        var person = Person.enrolled(postern, api);
        var app = PendingApp.active(person);
        assertEquals(List.of(person.factor()), defaults(person));

        api.patch(app.path(), Map.of("default", true)).expect(200);

        assertEquals(List.of(app.id()), defaults(person));
        var challenge =
                person.challenge(api, Map.of("purpose", "sign_in")).expect(201).json();
        assertEquals(app.id(), challenge.at("/factors/0/id").textValue());
        assertTrue(challenge.at("/factors/0/default").booleanValue());
        assertFalse(challenge.at("/factors/1/default").booleanValue());
        api.patch(app.path(), Map.of("default", false)).expectProblem(400, "malformed_request");
    }

    @Test
    void thereIsOneDefaultWhoeverChoosesAtOnce() {
        var person = Person.enrolled(postern, api);
        var app = PendingApp.active(person);
        var factors = List.of(person.factor(), app.id());

        var answers = Burst.of(
                12,
                number -> (number % 2 == 0 ? api : other)
                        .patch(person.path("/factors/" + factors.get(number % 3 % 2)), Map.of("default", true)));

        answers.forEach(answer -> answer.expect(200));
        assertEquals(1, defaults(person).size());
    }

    @Test
    void pendingFactorIsNotMadeTheDefault() {
        var person = Person.registered(postern, api);
        var app = PendingApp.begin(api, person);
        api.patch(app.path(), Map.of("default", true)).expectProblem(409, "factor_not_active");
    }

    @Test
    void defaultMovesOnWhenItIsRemoved() {
        var person = Person.enrolled(postern, api);
        var app = PendingApp.active(person);

        person.with(person.proof("remove_factor"))
                .delete(person.path("/factors/" + person.factor()))
                .expect(204);

        assertEquals(List.of(app.id()), defaults(person));
        assertEquals("on", api.get(person.path()).text("two_factor"));
    }

    @Test
    void removingTheLastFactorTurnsTwoFactorOff() {
        var person = Person.enrolled(postern, api);

        person.with(person.proof("remove_factor"))
                .delete(person.path("/factors/" + person.factor()))
                .expect(204);

        assertEquals("off", api.get(person.path()).text("two_factor"));
        assertEquals(
                "not_enrolled",
                person.challenge(other, Map.of("purpose", "sign_in"))
                        .expect(200)
                        .text("status"));
        api.delete(person.path("/factors/" + person.factor())).expectProblem(404, "not_found");
    }

    @Test
    void pendingFactorIsGivenUpWithoutAProof() {
        var person = Person.enrolled(postern, api);
        var app = PendingApp.begin(person.with(person.proof("add_factor")), person);
        api.delete(app.path()).expect(204);
        api.get(app.path()).expectProblem(404, "not_found");
    }

    /** RULES D3: unlocked by another factor of the same level. */
    @Test
    void lockedFactorIsUnlockedWithAnother() {
        var person = Person.enrolled(postern, api);
        var app = PendingApp.active(person);
        Sql.on(postern).change("update factor set locked_at = now(), failures = 100 where id = ?::uuid", app.id());
        assertFalse(available(person, app.id()));
        api.post(app.path("/unlock")).expectProblem(403, "verification_required");

        person.with(person.proof("unlock_factor")).post(app.path("/unlock")).expect(200);

        assertTrue(available(person, app.id()));
        assertFalse(api.get(app.path()).json().has("locked_at"));
        assertEquals(0, Sql.on(postern).number("select failures from factor where id = ?::uuid", app.id()));
    }

    /** Unlocking raises no version, so here the use of the proof alone keeps it from a second factor. */
    @Test
    void oneProofUnlocksOneFactor() {
        var person = Person.enrolled(postern, api);
        var apps = List.of(PendingApp.active(person), PendingApp.active(person));
        apps.forEach(app -> Sql.on(postern)
                .change("update factor set locked_at = now(), failures = 100 where id = ?::uuid", app.id()));
        var proven = person.proof("unlock_factor");

        var answers = Burst.of(
                8,
                number -> (number % 2 == 0 ? api : other)
                        .with("X-Verification-Token", proven)
                        .post(apps.get(number % 3 % 2).path("/unlock")));

        var locked = Sql.on(postern)
                .number(
                        "select count(*) from factor where locked_at is not null and id in (?::uuid, ?::uuid)",
                        apps.get(0).id(),
                        apps.get(1).id());
        assertEquals(1, locked, answers.toString());
    }

    @Test
    void factorThatIsNotLockedNeedsNoUnlocking() {
        var person = Person.enrolled(postern, api);
        api.post(person.path("/factors/" + person.factor() + "/unlock")).expect(200);
        var pending = PendingApp.begin(person.with(person.proof("add_factor")), person);
        api.post(pending.path("/unlock")).expectProblem(409, "factor_not_active");
    }

    private boolean available(Person person, String factor) {
        var options = person.challenge(api, Map.of("purpose", "sign_in"))
                .expect(201)
                .json()
                .path("factors");
        for (JsonNode option : options) {
            if (option.path("id").textValue().equals(factor)) {
                return option.path("available").booleanValue();
            }
        }
        throw new AssertionError("not shown: " + options);
    }

    private List<String> defaults(Person person) {
        var defaults = new ArrayList<String>();
        for (JsonNode factor :
                other.get(person.path("/factors")).expect(200).json().path("factors")) {
            if (factor.path("default").booleanValue()) {
                defaults.add(factor.path("id").textValue());
            }
        }
        return defaults;
    }
}
