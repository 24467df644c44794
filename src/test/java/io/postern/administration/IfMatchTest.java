package io.postern.administration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 13.1.1. */
final class IfMatchTest {

    @ParameterizedTest
    @ValueSource(strings = {"*", " * ", "\"3\"", "\"1\",\"3\"", "\"1\" ,\t\"3\" ", "W/\"9\", \"3\"", "\"a,b\", \"3\""})
    void namedVersionMatches(String header) {
        assertTrue(IfMatch.of(header).matches(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"4\"", "W/\"3\"", "\"\"", "\"03\"", "\"1,3\"", "\"1\", \"2\""})
    void otherVersionsAndWeakTagsDoNot(String header) {
        assertFalse(IfMatch.of(header).matches(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "'3'", "\"3", "\"3\" \"4\"", "*, \"3\"", "w/\"3\"", "\"3\","})
    void whatIsNoListOfTagsIsRefused(String header) {
        var refusal = assertThrows(Problem.class, () -> IfMatch.of(header));
        assertEquals(ProblemCode.MALFORMED_REQUEST, refusal.code());
    }

    @Test
    void missingOneIsAskedFor() {
        assertEquals(
                ProblemCode.VERSION_REQUIRED,
                assertThrows(Problem.class, () -> IfMatch.of(null)).code());
    }
}
