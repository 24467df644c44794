package io.postern.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first story, over both copies. */
final class SignInIT {

    private final Postern postern = Postern.shared();
    private final Api first = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api second = postern.api(SeededClient.DEMO_ADMIN, 1);

    @Test
    void personWithoutFactorHasNothingToPass() {
        var person = Person.registered(postern, first);
        var answer = person.challenge(second, Map.of("purpose", "sign_in")).expect(200);
        assertEquals("not_enrolled", answer.text("status"));
    }

    @Test
    void rightCodeApprovesTheChallengeOnAnyCopy() {
        var person = Person.enrolled(postern, first);
        var challenge = person.challenge(first, Map.of("purpose", "sign_in", "nonce", "n-1"))
                .expect(201);
        assertEquals("pending", challenge.text("status"));
        var id = challenge.text("id");

        var approved = person.verify(second, id, person.code()).expect(200);

        assertEquals("approved", approved.text("status"));
        assertEquals("no-store", approved.header("Cache-Control").orElseThrow());
        assertTrue(approved.text("verification_token").startsWith("ey"));
        assertEquals("approved", first.get("/v1/challenges/" + id).expect(200).text("status"));
    }

    @Test
    void wrongCodesEndTheChallenge() {
        var person = Person.enrolled(postern, first);
        var id = person.challenge();
        for (int left = 4; left >= 0; left--) {
            var refused = person.verify(id, person.wrongCode()).expectProblem(422, "invalid_code");
            assertEquals(left, refused.json().path("attempts_remaining").intValue());
        }
        person.verify(id, person.code()).expectProblem(409, "challenge_closed");
        assertEquals("failed", second.get("/v1/challenges/" + id).expect(200).text("status"));
    }

    @Test
    void replayedCodeIsRefused() {
        var person = Person.enrolled(postern, first);
        var code = person.code();
        person.verify(person.challenge(), code).expect(200);
        person.verify(second, person.challenge(), code).expectProblem(422, "invalid_code");
    }

    @Test
    void disableNeedsAProofAndTurnsTwoFactorOff() {
        var person = Person.enrolled(postern, first);
        first.post(person.path("/disable")).expectProblem(403, "verification_required");
        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);
        assertEquals("off", first.get(person.path()).expect(200).text("two_factor"));
    }
}
