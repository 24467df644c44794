package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.postern.demo.client.ProblemException;
import io.postern.demo.page.FactorKind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every reason for which no code goes out is said in words of its own. */
final class SendRefusalTest {
    private static final Optional<Duration> SOON = Optional.of(Duration.ofSeconds(25));

    @ParameterizedTest
    @CsvSource({
        "429, too_many_sends, enough messages went out for now. Try again in 25 seconds",
        "429, too_many_attempts, after several wrong codes",
        "409, sending_stopped, No text messages are sent at the moment",
        "409, factor_unavailable, This way cannot be used right now",
        "409, challenge_closed, This has ended",
        "409, factor_closed, This has ended",
        "409, factor_exists, You have this number already",
        "422, invalid_address, No code can be sent to this address",
        "422, invalid_phone_number, It has to be a mobile number",
        "422, region_not_allowed, numbers of Jamaica"
    })
    void reasonIsToldInWords(int status, String code, String words) {
        SendRefusal refusal =
                SendRefusal.of(problem(status, code), FactorKind.SMS).orElseThrow();

        assertTrue(refusal.sentence().contains(words), refusal.sentence());
    }

    @Test
    void onlyWhatEndsByItselfTellsWhen() {
        assertEquals(SOON, pause("too_many_sends"));
        assertEquals(SOON, pause("too_many_attempts"));
        assertEquals(Optional.empty(), pause("sending_stopped"));
    }

    @Test
    void refusalOfSomethingElseIsNone() {
        assertTrue(SendRefusal.of(problem(403, "verification_required"), FactorKind.SMS)
                .isEmpty());
        assertTrue(
                SendRefusal.of(problem(409, "too_many_factors"), FactorKind.SMS).isEmpty());
    }

    private static Optional<Duration> pause(String code) {
        return SendRefusal.of(problem(429, code), FactorKind.EMAIL)
                .orElseThrow()
                .pause();
    }

    private static ProblemException problem(int status, String code) {
        var body = JsonNodeFactory.instance.objectNode().put("code", code).put("region", "JM");
        return new ProblemException(status, body, SOON);
    }
}
