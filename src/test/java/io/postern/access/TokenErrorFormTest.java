package io.postern.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RULES I1: errors that are not the endpoint's own, in words of RFC 6749. */
final class TokenErrorFormTest {

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request",
        "404, invalid_request",
        "413, invalid_request",
        "429, temporarily_unavailable",
        "500, server_error",
        "503, temporarily_unavailable"
    })
    void clientsKnowTheWord(int status, String word) {
        assertEquals(new TokenResource.Refusal(word), new TokenErrorForm().of(status, null));
    }
}
