package io.postern.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Computer;
import io.postern.harness.Forger;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES G1, A1, A2: a computer that passed a challenge skips the next ones until a fixed end. */
final class RememberedIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api second = postern.api(SeededClient.DEMO_ADMIN, 1);
    private final Rows rows = Rows.of(postern);
    private final Person person = Person.enrolled(postern, api);

    /** RULES A1, A2: level 0, by the method {@code remembered}, and the time of the real proof. */
    @Test
    void computerIsRememberedAndItsTokenSaysSinceWhen() {
        var approved = person.verify(person.challenge(), person.code()).expect(200);
        var provenAt = Forger.number(Forger.claims(approved.text("verification_token")), "auth_time");

        rows.timePasses(approved.text("device"), "3 days");
        var answer = person.challenge(
                        second,
                        Map.of(
                                "purpose",
                                "sign_in",
                                "nonce",
                                "n-1",
                                "acr",
                                "urn:postern:level:0",
                                "device_token",
                                approved.text("device_token")))
                .expect(200);

        assertEquals("remembered", answer.text("status"));
        assertEquals("no-store", answer.header("Cache-Control").orElseThrow());
        assertEquals(approved.text("device"), answer.text("device"));
        var claims = Forger.claims(answer.text("verification_token"));
        assertEquals("urn:postern:level:0", claims.get("acr"));
        assertEquals(List.of("remembered"), claims.get("amr"));
        assertEquals("sign_in", claims.get("purpose"));
        assertEquals("n-1", claims.get("nonce"));
        assertEquals(person.subject(), claims.get("sub"));
        assertEquals(provenAt - Duration.ofDays(3).toSeconds(), Forger.number(claims, "auth_time"));
        assertTrue(Math.abs(Forger.number(claims, "iat") - Instant.now().getEpochSecond()) < 60, claims::toString);
        assertEquals(300, Forger.number(claims, "exp") - Forger.number(claims, "iat"));
        assertFalse(claims.containsKey("challenge") || claims.containsKey("factor"), claims::toString);
        assertEquals(1, rows.audited(person, "device_used"));
    }

    @Test
    void anotherComputerIsAsked() {
        Computer.of(person);
        assertEquals(
                "pending",
                person.challenge(Map.of("purpose", "sign_in")).expect(201).text("status"));
    }

    @Test
    void tokenIsAnotherAfterEachUse() {
        var computer = Computer.of(person);
        var first = computer.token();
        computer.signIn().expect(200);
        var next = computer.token();
        computer.signIn().expect(200);
        assertNotEquals(first, next);
        assertNotEquals(next, computer.token());
        assertNotEquals(first, computer.token());
    }

    @Test
    void tokenHas256RandomBitsAndIsKeptAsAHash() {
        var tokens = List.of(Computer.of(person).token(), Computer.of(person).token());
        assertTrue(Pattern.matches("[\\w-]{22}\\.[\\w-]{43}\\.[\\w-]{22}", tokens.getFirst()), tokens::toString);
        assertNotEquals(tokens.getFirst().split("\\.", -1)[1], tokens.getLast().split("\\.", -1)[1]);
        var stored =
                Sql.on(postern).texts("select d::text from remembered_device d").toString();
        tokens.forEach(token -> assertFalse(stored.contains(token.split("\\.", -1)[1]), stored));
    }

    /** Fixed: no use moves the end. */
    @Test
    void computerIsAskedAgainFourteenDaysAfterTheProofAndNotLater() {
        var approved = person.verify(person.challenge(), person.code()).expect(200);
        var proven =
                Instant.ofEpochSecond(Forger.number(Forger.claims(approved.text("verification_token")), "auth_time"));
        var end = Instant.parse(approved.text("remembered_until"));
        assertEquals(proven.plus(Duration.ofDays(14)).getEpochSecond(), end.getEpochSecond());
        var device = approved.text("device");

        rows.timePasses(device, "7 days");
        var halfway = person.signInWith(approved.text("device_token")).expect(200);
        assertEquals(end.minus(Duration.ofDays(7)), Instant.parse(halfway.text("remembered_until")));

        rows.timePasses(device, "6 days 23:59");
        var last = person.signInWith(halfway.text("device_token")).expect(200);
        rows.timePasses(device, "00:01:01");
        person.signInWith(last.text("device_token")).expect(201);
        assertEquals(
                0,
                api.get(person.path("/devices"))
                        .expect(200)
                        .json()
                        .path("devices")
                        .size());
    }

    @Test
    void oldestOfTenLeavesForTheEleventh() {
        var oldest = Computer.of(person);
        rows.timePasses(oldest.device(), "3 days");
        var kept = Computer.of(person);
        for (int i = 3; i <= 10; i++) {
            Computer.of(person);
        }
        assertEquals(10, rows.of(person));
        assertEquals(0, rows.audited(person, "device_replaced"));

        var newest = Computer.of(person);

        assertEquals(10, rows.of(person));
        assertEquals(1, rows.audited(person, "device_replaced"));
        oldest.signIn().expect(201);
        kept.signIn().expect(200);
        newest.signIn().expect(200);
    }

    @Test
    void personWhoIsNotToBeRememberedIsNot() {
        var answer = api.post(
                        "/v1/challenges/" + person.challenge() + "/verify",
                        Map.of("factor", person.factor(), "code", person.code(), "remember_device", false))
                .expect(200);
        assertFalse(answer.json().has("device_token"), answer::toString);
        assertEquals(0, rows.of(person));
    }

    /** The person's wish is above the front end's. */
    @Test
    void personWhoWantsToBeAskedIsNotRemembered() {
        api.put(person.path("/preferences"), Map.of("ask_every_sign_in", true)).expect(200);
        var challenge = person.challenge();
        var answer = api.post(
                        "/v1/challenges/" + challenge + "/verify",
                        Map.of("factor", person.factor(), "code", person.code(), "remember_device", true))
                .expect(200);
        assertFalse(answer.json().has("device_token"), answer::toString);

        api.put(person.path("/preferences"), Map.of("ask_every_sign_in", false)).expect(200);
        Computer.of(person).signIn().expect(200);
    }

    /** Nor by a challenge that is older than the wish. */
    @Test
    void wishToBeAskedHoldsForOpenChallengesToo() {
        var challenge = person.challenge();
        api.put(person.path("/preferences"), Map.of("ask_every_sign_in", true)).expect(200);
        var answer = person.verify(challenge, person.code()).expect(200);
        assertFalse(answer.json().has("device_token"), answer::toString);
        assertEquals(0, rows.of(person));
    }

    /** RULES G2: they stand in for what is lost. */
    @Test
    void recoveryCodeDoesNotRemember() {
        var other = Person.registered(postern, api);
        var code = other.enroll().json().path("recovery_codes").path(0).textValue();
        var answer = api.post(
                        "/v1/challenges/" + other.challenge() + "/verify",
                        Map.of("factor", "recovery_code", "code", code, "remember_device", true))
                .expect(200);
        assertFalse(answer.json().has("device_token"), answer::toString);
        assertEquals(0, rows.of(other));
    }

    /** RULES G2. */
    @Test
    void stepUpNeitherRemembersNorIsSpared() {
        var computer = Computer.of(person);
        var stepUp = Map.of("purpose", "step_up", "action", "disable", "device_token", computer.token());
        var challenge = person.challenge(stepUp).expect(201).text("id");
        var answer = api.post(
                        "/v1/challenges/" + challenge + "/verify",
                        Map.of("factor", person.factor(), "code", person.code(), "remember_device", true))
                .expect(200);
        assertFalse(answer.json().has("device_token"), answer::toString);
        assertEquals(1, rows.of(person));
        assertEquals(0, rows.audited(person, "device_used"), "the token was set aside");
        computer.signIn().expect(200);
    }

    /** RULES G2. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void computerDoesNotDoWhereMoreIsAskedFor(int level) {
        var computer = Computer.of(person);
        var high = Map.of("purpose", "sign_in", "acr", "urn:postern:level:" + level, "device_token", computer.token());
        assertEquals("pending", person.challenge(high).expect(201).text("status"));
        assertEquals(0, rows.audited(person, "device_used"), "the token was set aside");
        computer.signIn().expect(200);
    }

    /** Else whoever is asked for more each time would fill the list with one computer. */
    @Test
    void computerThatIsAskedAgainStaysOneComputer() {
        var computer = Computer.of(person);
        api.patch(person.path("/devices/" + computer.device()), Map.of("name", "At home"))
                .expect(200);
        var again = Computer.of(person, Map.of("acr", "urn:postern:level:2", "device_token", computer.token()));

        var devices = api.get(person.path("/devices")).expect(200).json().path("devices");
        assertEquals(1, devices.size(), devices::toString);
        assertEquals("At home", devices.path(0).path("name").textValue());
        assertEquals(again.device(), devices.path(0).path("id").textValue());
        computer.signIn().expect(201);
        again.signIn().expect(200);
    }

    /** RULES H3: a repeated call is answered anew, and gets the same successor; what is kept of it holds no secret. */
    @Test
    void repeatedCallGetsTheSameSuccessor() {
        var computer = Computer.of(person);
        var keyed = api.with("Idempotency-Key", UUID.randomUUID().toString());
        var first = person.signInWith(keyed, computer.token()).expect(200);
        var again = person.signInWith(keyed, computer.token()).expect(200);
        assertEquals(first.text("device_token"), again.text("device_token"));
        assertNotEquals(first.text("verification_token"), again.text("verification_token"));
    }
}
