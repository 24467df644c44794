package io.postern.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** DESIGN section 8: what is counted, and by how many labels. */
final class MetricsIT {
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

    @Test
    void randomPathsAndIdsMakeNoLabels() {
        var known = Metrics.of(copy).uris();
        for (int i = 0; i < 100; i++) {
            var random = UUID.randomUUID().toString();
            switch (i % 10) {
                case 0 -> copy.get("/" + random);
                case 1 -> copy.get("/v1/" + random + "/" + i);
                case 2 -> api.put("/v1/subjects/" + random, Map.of());
                case 3 -> api.get("/v1/subjects/" + random);
                case 4 -> api.get("/v1/subjects/" + random + "/factors/" + random);
                case 5 -> api.post("/v1/subjects/" + random + "/factors/" + random + "/activate", Map.of("code", "1"));
                case 6 -> api.get("/v1/challenges/" + random);
                case 7 -> api.post("/v1/challenges/" + random + "/verify", Map.of("factor", "f", "code", "1"));
                case 8 -> copy.delete("/v1/subjects/" + random + "/" + random);
                default -> copy.get("/q/" + random + "?" + random + "=" + random);
            }
        }
        var added = new TreeSet<>(Metrics.of(copy).uris());
        added.removeAll(known);
        assertTrue(added.size() <= 12, added::toString);
        assertFalse(added.stream().anyMatch(uri -> uri.matches(".*[0-9a-f]{8}-.*")), added::toString);
    }
}
