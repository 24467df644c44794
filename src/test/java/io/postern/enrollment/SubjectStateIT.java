package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a profile reads of a subject besides its factors. */
final class SubjectStateIT {

    private final Postern postern = Postern.shared();
    private final Api first = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api second = postern.api(SeededClient.DEMO_ADMIN, 1);

    /** RULES D1. */
    @Test
    void delayAfterTenFailuresIsTold() {
        var person = Person.enrolled(postern, first);
        assertTrue(state(person).get("locked_until").isNull());

        for (int failures = 0; failures < 2; failures++) {
            var challenge = person.challenge();
            for (int tries = 0; tries < 5; tries++) {
                person.verify(challenge, person.wrongCode()).expectProblem(422, "invalid_code");
            }
        }

        var end = Instant.parse(state(person).get("locked_until").textValue());
        assertTrue(end.isAfter(Instant.now()) && end.isBefore(Instant.now().plusSeconds(31)), end::toString);
    }

    @Test
    void choiceToBeAskedAtEverySignInIsKept() {
        var person = Person.registered(postern, first);
        assertFalse(asked(person));

        first.put(person.path("/preferences"), Map.of("ask_every_sign_in", true))
                .expect(200);
        assertTrue(asked(person));

        second.put(person.path("/preferences"), Map.of("ask_every_sign_in", false))
                .expect(200);
        assertFalse(asked(person));
    }

    @Test
    void choiceMustBeMade() {
        var person = Person.registered(postern, first);
        first.put(person.path("/preferences"), Map.of()).expectProblem(400, "malformed_request");
    }

    private boolean asked(Person person) {
        return state(person).path("preferences").path("ask_every_sign_in").booleanValue();
    }

    private JsonNode state(Person person) {
        return second.get(person.path()).expect(200).json();
    }
}
