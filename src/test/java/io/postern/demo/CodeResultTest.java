package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.postern.demo.CodeResult.Again;
import io.postern.demo.CodeResult.Ended;
import io.postern.demo.client.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CodeResultTest {
    @ParameterizedTest
    @CsvSource({"4, 4 tries are left.", "1, One try is left."})
    void wrongCodeTellsHowManyTriesAreLeft(int left, String sentence) {
        var again = assertInstanceOf(Again.class, CodeResult.of(wrongCode(left)));
        assertTrue(again.sentence().endsWith(sentence), again.sentence());
    }

    @ParameterizedTest
    @CsvSource({
        "60, about 60 seconds fast. It is 09:30:05 UTC here., that it shows after 09:31:30 UTC.",
        "150, about 2½ minutes fast.,that it shows after 09:31:30 UTC.",
        "-90, about 90 seconds slow&comma; or that code was an old one.,then type the newest code.",
        "-300, about 5 minutes slow&comma;,then type the newest code."
    })
    void clockThatIsOffIsSaidInWords(int offset, String how, String what) {
        var again = assertInstanceOf(Again.class, CodeResult.of(clockOff(offset, 3)));
        assertTrue(again.sentence().contains(how.replace("&comma;", ",")), again.sentence());
        assertTrue(again.sentence().endsWith(what + " 3 tries are left."), again.sentence());

        var ended = assertInstanceOf(Ended.class, CodeResult.of(clockOff(offset, 0)));
        assertTrue(ended.sentence().endsWith(what), ended.sentence());
    }

    @Test
    void lastWrongCodeEndsIt() {
        assertInstanceOf(Ended.class, CodeResult.of(wrongCode(0)));
    }

    @ParameterizedTest
    @CsvSource({"409, challenge_closed", "404, not_found", "410, gone"})
    void whatIsClosedOrGoneHasEnded(int status, String code) {
        assertInstanceOf(Ended.class, CodeResult.of(problem(status, code)));
    }

    @Test
    void wayThatCannotBeUsedLeavesTheOthers() {
        assertInstanceOf(Again.class, CodeResult.of(problem(409, "factor_unavailable")));
    }

    @ParameterizedTest
    @CsvSource({"1, 1 second", "45, 45 seconds", "60, 1 minute", "61, 2 minutes", "3600, 1 hour"})
    void delayIsSaidInWordsThatAreNeverTooShort(long seconds, String words) {
        var refusal = new ProblemException(
                429, JsonNodeFactory.instance.objectNode(), Optional.of(Duration.ofSeconds(seconds)));
        var again = assertInstanceOf(Again.class, CodeResult.of(refusal));

        assertEquals(429, again.status());
        assertTrue(again.sentence().endsWith(" in " + words + "."), again.sentence());
    }

    @ParameterizedTest
    @CsvSource({"400, malformed", "403, verification_required", "403, forbidden", "422, unknown_factor"})
    void otherRefusalsSayNothingAboutTheCode(int status, String code) {
        assertEquals(CodeResult.UNKNOWN, CodeResult.of(problem(status, code)));
    }

    private static ProblemException wrongCode(int left) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("code", "invalid_code")
                .put("attempts_remaining", left);
        return new ProblemException(422, body, Optional.empty());
    }

    private static ProblemException clockOff(int offset, int left) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("code", "invalid_code")
                .put("attempts_remaining", left)
                .put("clock_offset_seconds", offset)
                .put("server_time", "2026-01-15T09:30:05Z")
                .put("next_code_at", "2026-01-15T09:31:30Z");
        return new ProblemException(422, body, Optional.empty());
    }

    private static ProblemException problem(int status, String code) {
        return new ProblemException(
                status, JsonNodeFactory.instance.objectNode().put("code", code), Optional.empty());
    }
}
