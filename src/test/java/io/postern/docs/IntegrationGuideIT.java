package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Computer;
import io.postern.harness.Forger;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RULES I4: the check that the integration guide shows, compiled as it stands and tried on real tokens. */
final class IntegrationGuideIT {

    private static final String NAME = "VerificationTokenCheck";

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN);
    private final Person person = Person.enrolled(postern, api);
    private final Forger forger = Forger.with(postern.keys().verification());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ClassLoader compiled;

    /** What the guide's {@code Expected} holds. */
    private record Expected(
            String subject,
            @Nullable String challenge,
            String nonce,
            String purpose,
            @Nullable String action,
            int level) {}

    @BeforeEach
    void compile() throws IOException {
        var source = directory.resolve(NAME + ".java");
        Files.writeString(source, Page.of("docs/integration.md").blocks("java").getFirst());
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertEquals(0, result, "the guide's code compiles");
        compiled = new URLClassLoader(List.of(directory.toUri().toURL()).toArray(java.net.URL[]::new));
    }

    @Test
    void goodTokenIsTakenOnce() throws Exception {
        var challenge = challenge("nonce-1");
        var token = token(challenge);
        var check = check("demo-admin");
        var expected = new Expected(person.subject(), challenge, "nonce-1", "sign_in", null, 2);

        assertTrue(String.valueOf(call(check, token, expected)).contains(person.subject()));
        assertRefused("jti", () -> call(check, token, expected));
    }

    @Test
    void everyClaimIsCompared() throws Exception {
        var challenge = challenge("nonce-1");
        var token = token(challenge);
        var check = check("demo-admin");
        var subject = person.subject();
        Map.of(
                        "sub", new Expected("someone", challenge, "nonce-1", "sign_in", null, 2),
                        "challenge", new Expected(subject, "another", "nonce-1", "sign_in", null, 2),
                        "nonce", new Expected(subject, challenge, "another", "sign_in", null, 2),
                        "purpose", new Expected(subject, challenge, "nonce-1", "step_up", null, 2),
                        "action", new Expected(subject, challenge, "nonce-1", "sign_in", "disable", 2),
                        "acr", new Expected(subject, challenge, "nonce-1", "sign_in", null, 3))
                .forEach((claim, wrong) -> assertRefused(claim, () -> call(check, token, wrong)));
    }

    @Test
    void tokensOfOthersAreRefused() throws Exception {
        var challenge = challenge("nonce-1");
        var token = token(challenge);
        var expected = new Expected(person.subject(), challenge, "nonce-1", "sign_in", null, 2);

        assertRefused("aud", () -> call(check("other-admin"), token, expected));
        var accessToken = postern.accessToken(SeededClient.DEMO_ADMIN);
        assertRefused("", () -> call(check("postern"), accessToken, expected));
    }

    /** Each is the good token but for one thing, and signed with the service's key. */
    @Test
    void forgedTokensAreRefused() throws Exception {
        var challenge = challenge("nonce-1");
        var token = token(challenge);
        var check = check("demo-admin");
        var expected = new Expected(person.subject(), challenge, "nonce-1", "sign_in", null, 2);
        long now = Instant.now().getEpochSecond();
        var forged = Map.of(
                "iss", forger.again(token, claims -> claims.put("iss", "http://elsewhere.test")),
                "exp", forger.again(token, claims -> claims.putAll(Map.of("iat", now - 300, "exp", now - 31))),
                "auth_time", forger.again(token, claims -> claims.put("auth_time", now - 331)),
                "typ", forger.again(token, header -> header.put("typ", "JWT"), claims -> {}));

        assertAll(forged.entrySet().stream()
                .map(wrong -> () -> assertRefused(wrong.getKey(), () -> call(check, wrong.getValue(), expected))));
        assertTrue(String.valueOf(call(check, forger.again(token, claims -> {}), expected))
                .contains(person.subject()));
    }

    /** RULES A1: days after the proof, without a challenge, and where nothing more is expected. */
    @Test
    void tokenOfARememberedComputerPassesAsThatAlone() throws Exception {
        var deviceToken = Computer.of(person).token();
        var answer = person.challenge(Map.of("purpose", "sign_in", "nonce", "nonce-1", "device_token", deviceToken))
                .expect(200);
        long longAgo = Instant.now().getEpochSecond() - 13 * 86_400;
        var token = forger.again(answer.text("verification_token"), claims -> claims.put("auth_time", longAgo));
        var check = check("demo-admin");
        var remembered = new Expected(person.subject(), null, "nonce-1", "sign_in", null, 0);

        assertRefused(
                "challenge",
                () -> call(check, token, new Expected(person.subject(), "another", "nonce-1", "sign_in", null, 0)));
        assertRefused(
                "acr", () -> call(check, token, new Expected(person.subject(), null, "nonce-1", "sign_in", null, 1)));
        assertTrue(String.valueOf(call(check, token, remembered)).contains(person.subject()));
        assertRefused("challenge", () -> call(check, token(challenge("nonce-1")), remembered));
    }

    private String challenge(String nonce) {
        return person.challenge(api, Map.of("purpose", "sign_in", "nonce", nonce))
                .expect(201)
                .text("id");
    }

    private String token(String challenge) {
        return person.verify(challenge, person.code()).expect(200).text("verification_token");
    }

    /** A check of the guide for an application. */
    private Object check(String application) throws Exception {
        var used = new HashSet<Object>();
        var store = compiled.loadClass(NAME + "$UsedTokens");
        URI keys = postern.second().resolve("/.well-known/jwks.json");
        return compiled.loadClass(NAME)
                .getConstructor(String.class, String.class, String.class, store)
                .newInstance(
                        keys.toString(),
                        Postern.ISSUER.toString(),
                        application,
                        Proxy.newProxyInstance(
                                compiled,
                                new Class<?>[] {store},
                                (proxy, method, arguments) -> used.add(Objects.requireNonNull(arguments)[0])));
    }

    private Object call(Object check, String token, Expected expected) throws Exception {
        var type = compiled.loadClass(NAME + "$Expected");
        var theirs = type.getConstructors()[0].newInstance(
                expected.subject(),
                expected.challenge(),
                expected.nonce(),
                expected.purpose(),
                expected.action(),
                expected.level());
        return check.getClass().getMethod("check", String.class, type).invoke(check, token, theirs);
    }

    private static void assertRefused(String word, Callable<Object> call) {
        var refusal = assertThrows(InvocationTargetException.class, call::call);
        assertTrue(String.valueOf(refusal.getCause()).contains(word), () -> String.valueOf(refusal.getCause()));
    }
}
