package io.postern.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.harness.Administrator;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RULES G1: the dry run says what a computer's token would do, and the token is as good afterwards as before. */
final class DryRunDeviceIT {

    private static final String ROW = "select md5(d::text) from remembered_device d where d.id = ?::uuid";

    private final Postern postern = Postern.shared();
    private final Administrator administrator = Administrator.ofNewApplication(postern);
    private final Api api = administrator.api(0);
    private final Api other = administrator.api(1);
    private final Sql sql = Sql.on(postern);
    private final Person person = Person.enrolled(postern, api);

    @Test
    void rememberedComputerIsForetoldAndNotTouched() {
        var device = remembered();
        var row = sql.texts(ROW, device.path("device").textValue());
        var token = device.path("device_token").textValue();
        for (var copy : new Api[] {api, other, api}) {
            assertDecision("remembered", "device_remembered", dryRun(copy, token, Map.of()));
        }
        assertEquals(row, sql.texts(ROW, device.path("device").textValue()));
        assertEquals("remembered", person.signInWith(token).expect(200).text("status"));
    }

    @Test
    void tokenThatWasReplacedIsForetoldAsReusedAndEndsNothing() {
        var device = remembered();
        var id = device.path("device").textValue();
        var token = device.path("device_token").textValue();
        var next = person.signInWith(token).expect(200).text("device_token");
        assertDecision("remembered", "device_remembered", dryRun(api, token, Map.of())); // parallel tabs
        sql.change(
                "update remembered_device set rotated_at = rotated_at - interval '31 seconds' where id = ?::uuid", id);

        assertDecision("pending", "device_token_reused", dryRun(api, token, Map.of()));

        assertDecision("remembered", "device_remembered", dryRun(api, next, Map.of()));
        assertEquals("remembered", person.signInWith(next).expect(200).text("status"));
    }

    @Test
    void whatOpensNothingIsForetoldSo() {
        var token = remembered().path("device_token").textValue();
        assertDecision("pending", "device_unknown", dryRun(api, "no-token", Map.of()));
        assertDecision("pending", "device_set_aside", dryRun(api, token, Map.of("acr", "urn:postern:level:2")));
        assertDecision(
                "pending", "device_set_aside", dryRun(api, token, Map.of("policy", Map.of("remembered_days", 0))));
        var stranger = Person.enrolled(postern, api);
        var body = Map.of("subject", stranger.subject(), "purpose", "sign_in", "device_token", token);
        assertDecision(
                "pending",
                "device_unknown",
                api.post("/v1/policy/dry-run", body).expect(200).json());
    }

    private JsonNode remembered() {
        return person.verify(person.challenge(), person.code()).expect(200).json();
    }

    private JsonNode dryRun(Api copy, String token, Map<String, ?> more) {
        var body = new HashMap<String, Object>(more);
        body.putAll(Map.of("subject", person.subject(), "purpose", "sign_in", "device_token", token));
        return copy.post("/v1/policy/dry-run", body).expect(200).json();
    }

    private static void assertDecision(String status, String reason, JsonNode decision) {
        assertEquals(status, decision.path("status").textValue(), decision::toString);
        var reasons = decision.path("reasons");
        assertEquals(reason, reasons.path(reasons.size() - 1).textValue(), decision::toString);
    }
}
