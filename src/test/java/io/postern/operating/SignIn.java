package io.postern.operating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.Api;
import io.postern.harness.Approvals;
import io.postern.harness.Person;
import java.util.Map;

/**
 * A code that was sent for a challenge.
 *
 * @param answered whether the caller was told that it is approved; if not, nobody knows what became of it
 */
record SignIn(Person person, String challenge, String code, boolean answered) {

    /**
     * What a caller may do who was told nothing: send the code again. It approves once in all, here or before.
     *
     * @param before how often it was approved so far
     */
    void requireOneApproval(long before, Approvals approvals, Api api) {
        if (answered) {
            assertEquals(1, before, this::toString);
            return;
        }
        int again = person.verify(api, challenge, code).status();
        long after = approvals.of(challenge);
        assertEquals(after - before, again == 200 ? 1 : 0, () -> this + ": " + again);
        assertTrue(after <= 1, this::toString);
        if (after == 0) {
            return; // the code has ended meanwhile
        }
        var another =
                person.challenge(api, Map.of("purpose", "sign_in")).expect(201).text("id");
        assertNotEquals(200, person.verify(api, another, code).status());
        assertEquals(0, approvals.of(another), this::toString);
    }
}
