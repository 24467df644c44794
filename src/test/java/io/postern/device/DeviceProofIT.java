package io.postern.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Computer;
import io.postern.harness.Forger;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RULES F1, D1: to be remembered proves nothing and clears nothing. */
final class DeviceProofIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Person person = Person.enrolled(postern, api);

    /** RULES F1: neither as it is, nor with everything else that a proof says. */
    @Test
    void tokenOfARememberedComputerIsNoProof() {
        var forger = Forger.with(postern.keys().verification());
        var proof = Forger.claims(person.proof("disable"));
        var token = Computer.of(person).signIn().expect(200).text("verification_token");
        var dressed = forger.again(token, claims -> {
            for (var claim : List.of("purpose", "action", "factor", "challenge", "acr", "auth_time")) {
                claims.put(claim, proof.get(claim));
            }
        });
        for (var shown : List.of(token, dressed)) {
            person.with(shown).post(person.path("/disable")).expectProblem(403, "verification_required");
        }
        var real = forger.again(dressed, claims -> claims.put("amr", List.of("otp", "mfa")));
        person.with(real).post(person.path("/disable")).expect(204);
    }

    /** RULES D1. */
    @Test
    void rememberedSignInClearsNoFailures() {
        var computer = Computer.of(person);
        fail(9);
        computer.signIn().expect(200);
        assertEquals(9, failures());
        fail(1);
        person.verify(person.challenge(), person.code()).expectProblem(429, "too_many_attempts");
        computer.signIn().expect(200);
        person.verify(person.challenge(), person.code()).expectProblem(429, "too_many_attempts");
        assertEquals(10, failures());
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            person.verify(person.challenge(), person.wrongCode()).expectProblem(422, "invalid_code");
        }
    }

    private long failures() {
        return Sql.on(postern).number("select failures from factor where id = ?::uuid", person.factor());
    }
}
