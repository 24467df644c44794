package io.postern.enrollment;

import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Totp;
import java.time.Instant;
import java.util.Map;

/** A further authenticator app of a person, pending until it is activated. */
record PendingApp(Person person, String id, String secret) {

    private static final Map<String, String> TOTP = Map.of("type", "totp");

    /** Begins it, with a proof where two-factor is on. */
    static PendingApp begin(Api api, Person person) {
        return begin(api, person, "Second");
    }

    static PendingApp begin(Api api, Person person, String label) {
        var pending = api.post(person.path("/factors"), Map.of("type", "totp", "label", label))
                .expect(201);
        return new PendingApp(person, pending.text("id"), pending.text("secret"));
    }

    /** Begins and activates it, with one proof for both. */
    static PendingApp active(Person person) {
        var proven = person.with(person.proof("add_factor"));
        var app = begin(proven, person);
        app.activate(proven).expect(200);
        return app;
    }

    static Answer ask(Api api, Person person) {
        return api.post(person.path("/factors"), TOTP);
    }

    String path() {
        return person.path("/factors/" + id);
    }

    String path(String rest) {
        return path() + rest;
    }

    /** The code that it shows now. */
    String code() {
        return Totp.codeAt(secret, Instant.now());
    }

    Answer activate(Api api) {
        return activate(api, code());
    }

    Answer activate(Api api, String code) {
        return api.post(path("/activate"), Map.of("code", code));
    }
}
