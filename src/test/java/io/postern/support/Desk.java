package io.postern.support;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.util.HashMap;
import java.util.Map;

/** Somebody at the help desk of the demo's application, who reaches the service through one copy. */
record Desk(Api api, String actor) {

    static final String REASON = "Lost the phone, called back";

    /** Through a copy, counted from 0. */
    static Desk of(Postern postern, String actor, int copy) {
        return new Desk(postern.api(SeededClient.DEMO_OPERATOR, copy), actor);
    }

    Answer call(Person person, String rest) {
        return call(person, rest, Map.of());
    }

    /** With more members than who acts and why. */
    Answer call(Person person, String rest, Map<String, ?> more) {
        return call(api, person, rest, more);
    }

    /** The same under an idempotency key. */
    Answer once(String key, Person person, String rest, Map<String, ?> more) {
        return call(api.with("Idempotency-Key", key), person, rest, more);
    }

    private Answer call(Api through, Person person, String rest, Map<String, ?> more) {
        var body = new HashMap<String, Object>(more);
        body.put("actor", actor);
        body.put("reason", REASON);
        return through.post("/v1/support/subjects/" + person.subject() + rest, body);
    }

    /** A new bypass code for a person. */
    Answer code(Person person) {
        return call(person, "/bypass-codes").expect(201);
    }
}
