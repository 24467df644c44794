package io.postern.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.Answer;
import java.util.Arrays;

/** How every refusal looks (RULES I2). */
final class Refusals {

    private Refusals() {}

    /** A problem of RFC 9457 that blames the caller, with a documented code, and that repeats nothing of our insides. */
    static void assertRefused(String what, Answer answer) {
        var shown = what + ": " + answer;
        assertTrue(answer.status() >= 400 && answer.status() < 500, shown);
        assertEquals("application/problem+json", answer.header("Content-Type").orElse("none"), shown);
        assertEquals("no-store", answer.header("Cache-Control").orElse("none"), shown);
        var code = Arrays.stream(ProblemCode.values())
                .filter(known -> known.code().equals(answer.json().path("code").textValue()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No documented code, " + shown));
        assertEquals(code.status(), answer.status(), shown);
        assertEquals(answer.status(), answer.json().path("status").intValue(), shown);
        assertEquals(code.title(), answer.text("title"), shown);
        assertEquals("urn:postern:problem:" + code.code(), answer.text("type"), shown);
        assertTrue(answer.header("Set-Cookie").isEmpty(), shown);
        for (var inside : new String[] {"Exception", "io.postern", "java.", "select ", "jackson"}) {
            assertTrue(!answer.body().contains(inside), shown);
        }
    }

    /** {@link #assertRefused} with this code. */
    static void assertRefused(String what, Answer answer, ProblemCode code) {
        assertRefused(what, answer);
        assertEquals(code.code(), answer.text("code"), what + ": " + answer);
    }
}
