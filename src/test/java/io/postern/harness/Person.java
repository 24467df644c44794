package io.postern.harness;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subject of its own for one test, with an authenticator app. Hands out right codes that were not used before, without
 * waiting: when a step's time has not come yet, the spent step in Postgres is moved back instead, as if time had passed.
 */
public final class Person {

    private final Postern postern;
    private final Api api;
    private final String subject;
    private @Nullable String factor;
    private @Nullable String secret;
    private long lastStep;

    private Person(Postern postern, Api api, String subject) {
        this.postern = postern;
        this.api = api;
        this.subject = subject;
    }

    /** A registered subject with two-factor off. */
    public static Person registered(Postern postern, Api api) {
        var person = new Person(postern, api, "person-" + UUID.randomUUID());
        api.put(person.path(), Map.of("email", "person@example.com")).expect(201);
        return person;
    }

    /** A registered subject with an active authenticator app. */
    public static Person enrolled(Postern postern, Api api) {
        var person = registered(postern, api);
        person.enroll();
        return person;
    }

    /** Enrolls an authenticator app; two-factor must be off. The answer of the activation. */
    public Answer enroll() {
        var pending = api.post(path("/factors"), Map.of("type", "totp")).expect(201);
        factor = pending.text("id");
        secret = pending.text("secret");
        lastStep = 0;
        return api.post(path("/factors/" + factor + "/activate"), Map.of("code", code()))
                .expect(200);
    }

    Postern postern() {
        return postern;
    }

    public String subject() {
        return subject;
    }

    /** The path of the subject. */
    public String path() {
        return "/v1/subjects/" + subject;
    }

    /** A path below the subject. */
    public String path(String rest) {
        return path() + rest;
    }

    /** The id of the enrolled app. */
    public String factor() {
        return require(factor);
    }

    /** The secret of the enrolled app in Base32. */
    public String secret() {
        return require(secret);
    }

    /** A right code of a step that was not used before. */
    public String code() {
        lastStep = nextStep();
        return Totp.code(secret(), lastStep);
    }

    /** A code that is wrong now and near by. */
    public String wrongCode() {
        long present = Totp.step(Instant.now());
        for (int candidate = 0; ; candidate++) {
            var code = "%06d".formatted(candidate);
            boolean near = false;
            for (long step = present - 20; step <= present + 20; step++) {
                near |= Totp.code(secret(), step).equals(code);
            }
            if (!near) {
                return code;
            }
        }
    }

    /** A new challenge of the purpose sign-in; its id. */
    public String challenge() {
        return challenge(api, Map.of("purpose", "sign_in")).expect(201).text("id");
    }

    public Answer challenge(Map<String, ?> members) {
        return challenge(api, members);
    }

    /** A sign-in on a computer that has this token. */
    public Answer signInWith(String deviceToken) {
        return signInWith(api, deviceToken);
    }

    /** The same through any copy. */
    public Answer signInWith(Api through, String deviceToken) {
        return challenge(through, Map.of("purpose", "sign_in", "device_token", deviceToken));
    }

    /** A new challenge through any copy. */
    public Answer challenge(Api through, Map<String, ?> members) {
        var body = new HashMap<String, Object>(members);
        body.put("subject", subject);
        return through.post("/v1/challenges", body);
    }

    /** Sends a code of the app. */
    public Answer verify(String challenge, String code) {
        return verify(api, challenge, code);
    }

    /** Sends a code of the app through any copy. */
    public Answer verify(Api through, String challenge, String code) {
        return through.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", factor(), "code", code));
    }

    /** A fresh proof for a change. */
    public String proof(String action) {
        var challenge = challenge(api, Map.of("purpose", "step_up", "action", action))
                .expect(201)
                .text("id");
        return verify(challenge, code()).expect(200).text("verification_token");
    }

    /** The calls of the person's application, with a proof. */
    public Api with(String proof) {
        return api.with("X-Verification-Token", proof);
    }

    private long nextStep() {
        var now = Instant.now();
        // The previous step is good until the present one ends; near that end it is not risked.
        boolean ending = Math.floorMod(now.getEpochSecond(), 30) > 26;
        long least = Totp.step(now) - (ending ? 0 : 1);
        long next = Math.max(least, lastStep + 1);
        if (next <= Totp.step(now) + 1) {
            return next;
        }
        timePasses(least - 1);
        return least;
    }

    private void timePasses(long spentStep) {
        try (var connection = postern.connect();
                var statement = connection.prepareStatement("update factor set last_step = ? where id = ?::uuid")) {
            statement.setLong(1, spentStep);
            statement.setString(2, factor());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String require(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("The person has no authenticator app");
        }
        return value;
    }
}
