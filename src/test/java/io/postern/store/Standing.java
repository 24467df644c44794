package io.postern.store;

import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.util.Map;

/**
 * What stood before a store failed.
 *
 * @param person with an active factor and the challenge
 * @param beginner with the pending factor
 */
record Standing(Person person, String challenge, Person beginner, String pendingFactor) {

    static Standing on(Postern postern, Api api) {
        var person = Person.enrolled(postern, api);
        var beginner = Person.registered(postern, api);
        var pending =
                api.post(beginner.path("/factors"), Map.of("type", "totp")).expect(201);
        return new Standing(person, person.challenge(), beginner, pending.text("id"));
    }
}
