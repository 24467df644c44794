package io.postern.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestIdsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8e03978e-40d5-43e8-bc93-6894a57f9324",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "front_2.request-17890",
                "0123456789abcdef"
            })
    void wellFormedOneIsTaken(String given) {
        assertEquals(given, RequestIds.of(given));
    }

    /** Also what people type or are known by. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "123456",
                "14155550123",
                "+14155550123000000",
                "someone.else@example.com",
                "a line\nbreak in the middle",
                "0123456789abcdé0",
                "{\"level\":\"ERROR\"}",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void anythingElseIsReplaced(String given) {
        var id = RequestIds.of(given);
        assertNotEquals(given, id);
        assertEquals(id, RequestIds.of(id));
    }

    @Test
    void eachRequestHasItsOwn() {
        assertEquals(36, RequestIds.of(null).length());
        assertNotEquals(RequestIds.of(null), RequestIds.of(null));
    }
}
