package io.postern.harness;

import java.time.Instant;
import java.util.Map;

/** Another authenticator app of a person who has one. */
public record SecondApp(String factor, String secret) {

    /** Adds one, with a proof by the first. */
    public static SecondApp of(Person person, Api api) {
        var proven = api.with("X-Verification-Token", person.proof("add_factor"));
        var pending = proven.post(person.path("/factors"), Map.of("type", "totp", "label", "Tablet"))
                .expect(201);
        var app = new SecondApp(pending.text("id"), pending.text("secret"));
        proven.post(
                        person.path("/factors/" + app.factor() + "/activate"),
                        Map.of("code", Totp.codeAt(app.secret(), Instant.now())))
                .expect(200);
        return app;
    }

    /** The code after the one of the activation, good from now until half a minute later at least. */
    public String code() {
        return Totp.codeAt(secret, Instant.now().plus(Totp.STEP));
    }

    /** Sends a code of this app. */
    public Answer verify(Api api, String challenge, String code) {
        return api.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", factor, "code", code));
    }
}
