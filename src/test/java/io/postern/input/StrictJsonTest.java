package io.postern.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is taken for what it says and nothing more. */
final class StrictJsonTest {

    private enum Kind {
        ONE
    }

    private record Given(
            @Nullable String text,
            @Nullable Boolean flag,
            @Nullable Integer number,
            @Nullable Kind kind) {}

    private final ObjectMapper mapper = new ObjectMapper();

    StrictJsonTest() {
        new StrictJson().customize(mapper);
    }

    @Test
    void rightTypesAreTaken() throws Exception {
        assertEquals(
                new Given("a", true, 1, Kind.ONE),
                mapper.readValue("{\"text\":\"a\",\"flag\":true,\"number\":1,\"kind\":\"ONE\"} ", Given.class));
        assertEquals(new Given(null, null, null, null), mapper.readValue("{\"text\":null}", Given.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":1}",
                "{\"text\":1.5}",
                "{\"text\":true}",
                "{\"text\":[\"a\"]}",
                "{\"text\":{}}",
                "{\"flag\":1}",
                "{\"flag\":\"true\"}",
                "{\"flag\":\"\"}",
                "{\"number\":1.0}",
                "{\"number\":\"1\"}",
                "{\"number\":\"\"}",
                "{\"number\":99999999999}",
                "{\"kind\":0}",
                "{\"kind\":\"one\"}",
                "{\"text\":\"a\",\"text\":\"b\"}",
                "{} {}",
                "{}x",
                "{\"other\":1}",
            })
    void everythingElseIsRefused(String json) {
        assertThrows(JacksonException.class, () -> mapper.readValue(json, Given.class));
    }
}
