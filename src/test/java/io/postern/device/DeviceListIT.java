package io.postern.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Computer;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list of a person's remembered computers. */
final class DeviceListIT {

    private static final String SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Rows rows = Rows.of(postern);
    private final Person person = Person.enrolled(postern, api);

    @Test
    void computersAreNamedAndTheOneUsedLastIsFirst() {
        var phone = Computer.of(person, Map.of("ip", "2001:db8::1", "user_agent", SAFARI));
        var unknown = Computer.of(person);
        rows.timePasses(phone.device(), "2 hours");
        rows.timePasses(unknown.device(), "1 hour");
        assertEquals(List.of(unknown.device(), phone.device()), ids());

        person.challenge(Map.of("purpose", "sign_in", "device_token", phone.token(), "ip", "198.51.100.9"))
                .expect(200);

        assertEquals(List.of(phone.device(), unknown.device()), ids());
        var first = devices().path(0);
        assertEquals("Safari on iPhone", first.path("name").textValue());
        assertEquals("198.51.100.9", first.path("ip").textValue());
        var proven = Instant.parse(first.path("proven_at").textValue());
        assertEquals(proven, Instant.parse(first.path("created_at").textValue()));
        assertTrue(Instant.parse(first.path("last_used_at").textValue()).isAfter(proven.plusSeconds(7_000)));
        assertEquals(
                proven.plus(Duration.ofDays(14)),
                Instant.parse(first.path("remembered_until").textValue()));
        assertEquals("Unknown browser", devices().path(1).path("name").textValue());
        assertFalse(devices().path(1).has("ip"));
        assertFalse(devices().toString().contains(phone.token().split("\\.", -1)[1]));
    }

    @Test
    void computerIsRenamed() {
        var computer = Computer.of(person);
        var path = person.path("/devices/" + computer.device());
        assertEquals(
                "Küche", api.patch(path, Map.of("name", "Küche")).expect(200).text("name"));
        computer.signIn().expect(200);
        assertEquals("Küche", devices().path(0).path("name").textValue());
        api.patch(path, Map.of("name", "")).expectProblem(400, "malformed_request");
        api.patch(path, Map.of("name", "x".repeat(65))).expectProblem(400, "malformed_request");
        api.patch(path, Map.of()).expectProblem(400, "malformed_request");
    }

    /** RULES I2. */
    @Test
    void computerOfAnotherIsNotFoundAndStays() {
        var computer = Computer.of(person);
        var stranger = Person.enrolled(postern, api);
        var path = stranger.path("/devices/" + computer.device());
        api.patch(path, Map.of("name", "Mine")).expectProblem(404, "not_found");
        api.delete(path).expectProblem(404, "not_found");
        api.delete(stranger.path("/devices")).expect(204);
        assertEquals("Unknown browser", devices().path(0).path("name").textValue());
        computer.signIn().expect(200);
    }

    private JsonNode devices() {
        return api.get(person.path("/devices")).expect(200).json().path("devices");
    }

    private List<String> ids() {
        return devices().findValuesAsText("id");
    }
}
