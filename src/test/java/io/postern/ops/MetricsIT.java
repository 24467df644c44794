package io.postern.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** DESIGN section 8: what is counted, and by how many labels. */
final class MetricsIT {
    private static final List<String> PATHS = List.of(
            "/*",
            "/*?*=*",
            "/v1/*/*",
            "/v1/subjects/*",
            "/v1/subjects/*/*",
            "/v1/subjects/*/factors",
            "/v1/subjects/*/factors/*",
            "/v1/subjects/*/factors/*/activate",
            "/v1/subjects/*/factors/*/*/*",
            "/v1/challenges/*",
            "/v1/challenges/*/verify",
            "/v1/challenges/*/verify/*",
            "/v1/webhooks/*",
            "/v1/webhooks/*/deliveries/*/redeliver",
            "/v1/webhooks/*/*/*",
            "/q/*",
            "/q/health/*",
            "/.well-known/*");

    private final Postern postern = Postern.shared();
    private final Api copy = Api.at(postern.first());
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);

    @Test
    void eachSecurityEventIsCountedOnce() {
        var before = Metrics.of(copy);
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        person.verify(challenge, person.wrongCode()).expect(422);
        person.verify(challenge, person.code()).expect(200);
        person.verify(challenge, person.code()).expect(409);
        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);

        var grown = Metrics.of(copy)
                .since(
                        before,
                        SeededClient.DEMO_ADMIN.application(),
                        "enrollment_begun",
                        "factor_activated",
                        "challenge_created",
                        "code_refused",
                        "challenge_approved",
                        "verification_closed",
                        "two_factor_disabled");

        assertEquals(
                Map.of(
                        "enrollment_begun", 1L,
                        "factor_activated", 1L,
                        "challenge_created", 2L,
                        "code_refused", 1L,
                        "challenge_approved", 2L,
                        "verification_closed", 1L,
                        "two_factor_disabled", 1L),
                grown);
    }

    @Test
    void changeThatFailsIsNotCounted() {
        var person = Person.enrolled(postern, api);
        var before = Metrics.of(copy);
        api.post(person.path("/disable")).expect(403);
        var grown = Metrics.of(copy).since(before, SeededClient.DEMO_ADMIN.application(), "two_factor_disabled");
        assertEquals(Map.of("two_factor_disabled", 0L), grown);
    }

    /** Also where nobody is signed in, or the method or media type is wrong: anybody can send that. */
    @Test
    void randomPathsAndIdsMakeNoLabels() {
        send(UUID.randomUUID().toString());
        var known = Metrics.of(copy).series();
        for (int i = 0; i < 10; i++) {
            var random = UUID.randomUUID().toString();
            send(random);
            assertFalse(Metrics.of(copy).page().contains(random));
        }
        var added = new TreeSet<>(Metrics.of(copy).series());
        added.removeAll(known);
        assertEquals(Set.of(), added);
    }

    private void send(String random) {
        var method = "M" + random.replaceAll("[^a-f]", "").toUpperCase(Locale.ROOT);
        for (var path : PATHS) {
            var filled = path.replace("*", random);
            copy.get(filled);
            api.get(filled);
            api.post(filled, Map.of(random, random));
            api.put(filled, Map.of());
            api.send("PATCH", filled, new byte[0], "text/" + random);
            api.delete(filled);
            copy.send(method, filled, new byte[0], "");
        }
    }
}
