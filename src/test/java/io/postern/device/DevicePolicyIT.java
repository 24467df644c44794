package io.postern.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Computer;
import io.postern.harness.ExtraCopy;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** RULES G1: how long a computer is remembered is the policy's to say, also of those that are remembered already. */
final class DevicePolicyIT {

    private static final SeededClient CLIENT = new SeededClient(
            "mindful-admin", "Mindful admin area", "mindful-admin", "mindful-secret", List.of("verify", "enroll"));

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(CLIENT, 0);

    @BeforeAll
    static void seed() {
        var configuration = new HashMap<String, String>();
        configuration.put("POSTERN_BOOTSTRAP_3__APPLICATION", CLIENT.application());
        configuration.put("POSTERN_BOOTSTRAP_3__NAME", CLIENT.name());
        configuration.put("POSTERN_BOOTSTRAP_3__CLIENT", CLIENT.id());
        configuration.put("POSTERN_BOOTSTRAP_3__SECRET", CLIENT.secret());
        configuration.put("POSTERN_BOOTSTRAP_3__SCOPES", String.join(",", CLIENT.scopes()));
        ExtraCopy.of(Postern.shared(), configuration).close();
    }

    @Test
    void policySaysHowLong() {
        remember(90);
        var person = Person.enrolled(postern, api);
        var proven = Instant.now();
        var end = Instant.parse(
                person.verify(person.challenge(), person.code()).expect(200).text("remembered_until"));
        assertEquals(90, Math.round(Duration.between(proven, end).toSeconds() / 86_400.0));
    }

    @Test
    void noneIsRememberedWhereThePolicyForbidsIt() {
        remember(14);
        var person = Person.enrolled(postern, api);
        var computer = Computer.of(person);
        remember(0);
        computer.signIn().expect(201);
        assertEquals(0, devices(person));
        var answer = api.post(
                        "/v1/challenges/" + person.challenge() + "/verify",
                        Map.of("factor", person.factor(), "code", person.code(), "remember_device", true))
                .expect(200);
        assertFalse(answer.json().has("device_token"), answer::toString);
    }

    /** RULES B4, G2 */
    @Test
    void noneIsRememberedWhereThePolicyAsksForALevelAtSignIn() {
        remember(14);
        var person = Person.enrolled(postern, api);
        var computer = Computer.of(person);
        policy("{\"least_level\":{\"sign_in\":\"urn:postern:level:1\"}}");
        computer.signIn().expect(201);
        assertEquals(0, devices(person));
        var answer = person.verify(person.challenge(), person.code()).expect(200);
        assertFalse(answer.json().has("device_token"), answer::toString);
        remember(14);
        computer.signIn().expect(200);
    }

    @Test
    void stricterPolicyHoldsForComputersThatAreRememberedAlready() {
        remember(14);
        var person = Person.enrolled(postern, api);
        var computer = Computer.of(person);
        Rows.of(postern).timePasses(computer.device(), "2 days");
        remember(1);
        computer.signIn().expect(201);
        assertEquals(0, devices(person));
        remember(30);
        computer.signIn().expect(200);
        assertEquals(1, devices(person));
    }

    /** A laxer one does not: the end is fixed. */
    @Test
    void laxerPolicyHoldsFromTheNextProofOn() {
        remember(1);
        var person = Person.enrolled(postern, api);
        var computer = Computer.of(person);
        remember(90);
        Rows.of(postern).timePasses(computer.device(), "25 hours");
        computer.signIn().expect(201);
    }

    private int devices(Person person) {
        return api.get(person.path("/devices"))
                .expect(200)
                .json()
                .path("devices")
                .size();
    }

    private void remember(int days) {
        policy("{\"remembered_days\":" + days + "}");
    }

    private void policy(String json) {
        Sql.on(postern).change("update application set policy = ?::jsonb where id = ?", json, CLIENT.application());
    }
}
