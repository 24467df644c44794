package io.postern.harness;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who runs Postern, with a password and an authenticator app. Each test takes people of its own; only the first
 * administrator of a set is shared, who invites them, and whom nobody changes.
 */
public final class OperatorUser {

    public static final String OPERATORS = "/v1/operators";
    public static final String SIGN_IN = OPERATORS + "/sign-in";

    /** Of a token's ten minutes. */
    private static final Duration FRESH = Duration.ofMinutes(7);

    private static final Map<Postern, OperatorUser> FIRST = new ConcurrentHashMap<>();

    private final Postern postern;
    private final String id;
    private final String name;
    private String password;
    private @Nullable String secret;
    private @Nullable String factor;
    private @Nullable String token;
    private Instant signedIn = Instant.EPOCH;

    private OperatorUser(Postern postern, String id, String name, String password) {
        this.postern = postern;
        this.id = id;
        this.name = name;
        this.password = password;
    }

    /** The first administrator of the set, made at the first call. */
    public static OperatorUser first(Postern postern) {
        return FIRST.computeIfAbsent(postern, OperatorUser::bootstrap);
    }

    private static OperatorUser bootstrap(Postern postern) {
        var password = newPassword();
        var made = Api.at(postern.first())
                .post(
                        OPERATORS + "/bootstrap",
                        Map.of(
                                "secret",
                                Postern.BOOTSTRAP_SECRET,
                                "name",
                                "first",
                                "email",
                                Correspondent.newAddress(),
                                "password",
                                password))
                .expect(201);
        var user = new OperatorUser(postern, made.text("id"), "first", password);
        user.enroll();
        return user;
    }

    /** Another one of the role, with both steps. */
    public static OperatorUser of(Postern postern, String role) {
        var user = invited(postern, role);
        user.enroll();
        return user;
    }

    /** Another one of the role, with a password and no factor yet. */
    public static OperatorUser invited(Postern postern, String role) {
        return first(postern).invites(role);
    }

    private OperatorUser invites(String role) {
        var newcomer = "op-" + UUID.randomUUID();
        var invited = api(0).post(
                        OPERATORS, Map.of("name", newcomer, "email", Correspondent.newAddress(), "role", role))
                .expect(201);
        var password = newPassword();
        var user = new OperatorUser(postern, invited.json().at("/operator/id").textValue(), newcomer, password);
        user.accept(invited.text("invitation"), password).expect(200);
        return user;
    }

    /** A good one that nobody else has. */
    public static String newPassword() {
        return "correct boats " + UUID.randomUUID();
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String password() {
        return password;
    }

    /** The path of the operator among the operators. */
    public String path() {
        return OPERATORS + "/" + id;
    }

    /** A path below the subject that holds the operator's factors. */
    public String subject(String rest) {
        return "/v1/subjects/" + id + rest;
    }

    /** Sets the password with a one-time secret. */
    public Answer accept(String invitation, String newPassword) {
        password = newPassword;
        return Api.at(postern.second())
                .post(OPERATORS + "/accept-invitation", Map.of("invitation", invitation, "password", newPassword));
    }

    /** Enrolls an app with what the password alone gives. */
    public void enroll() {
        var enrolling =
                Api.at(postern.first()).withToken(begin(0, password).expect(200).text("access_token"));
        var pending =
                enrolling.post(subject("/factors"), Map.of("type", "totp")).expect(201);
        secret = pending.text("secret");
        factor = pending.text("id");
        enrolling
                .post(subject("/factors/" + factor + "/activate"), Map.of("code", code()))
                .expect(200);
    }

    /** The first step, with any password. */
    public Answer begin(int copy, String with) {
        return Api.at(postern.copy(copy).baseUrl()).withBasic(name, with).post(SIGN_IN);
    }

    /** The first step; the id of the challenge. */
    public String challenge(int copy) {
        return begin(copy, password).expect(201).text("id");
    }

    /** The second step. */
    public Answer verify(int copy, String challenge, String code) {
        return Api.at(postern.copy(copy).baseUrl())
                .post(SIGN_IN + "/" + challenge + "/verify", Map.of("factor", require(factor), "code", code));
    }

    /** Both steps; the access token. */
    public String signIn(int copy) {
        return verify(copy, challenge(copy), code()).expect(200).text("access_token");
    }

    /** Calls to a copy with an access token of this operator, signed in once for all calls. */
    public Api api(int copy) {
        if (token == null || Instant.now().isAfter(signedIn.plus(FRESH))) {
            signedIn = Instant.now();
            token = signIn(copy);
        }
        return Api.at(postern.copy(copy).baseUrl()).withToken(token);
    }

    /** The next call of {@link #api} signs in anew. */
    public void forgetToken() {
        token = null;
    }

    /** A right code; the steps before are forgotten, so that a test need not wait for the next. */
    public String code() {
        Sql.on(postern).change("update factor set last_step = -1 where id = ?::uuid", require(factor));
        return Totp.codeAt(require(secret), Instant.now());
    }

    public String factor() {
        return require(factor);
    }

    /** A fresh proof for a change of the operator's own. */
    public String proof(String action) {
        var challenge = api(0).post("/v1/challenges", Map.of("subject", id, "purpose", "step_up", "action", action))
                .expect(201)
                .text("id");
        return api(0).post("/v1/challenges/" + challenge + "/verify", Map.of("factor", factor(), "code", code()))
                .expect(200)
                .text("verification_token");
    }

    /** What the operator's call to a path of the operators comes to, with a reason. */
    public Answer to(OperatorUser other, String rest) {
        return api(1).post(other.path() + rest, Map.of("reason", "A test"));
    }

    private static String require(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("The operator has no authenticator app");
        }
        return value;
    }
}
