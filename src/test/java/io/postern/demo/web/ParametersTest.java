package io.postern.demo.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParametersTest {
    @Test
    void valuesAreDecoded() {
        var form = Parameters.parse("code=123+456&label=%C3%BC%26%3D&empty=&flag");

        assertEquals(Optional.of("123 456"), form.get("code"));
        assertEquals(Optional.of("ü&="), form.get("label"));
        assertEquals(Optional.of(""), form.get("empty"));
        assertEquals(Optional.of(""), form.get("flag"));
        assertEquals(Optional.empty(), form.get("other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%zz", "%=1", "a=1&a=2", "a=1&%61=2"})
    void whatCannotBeReadInOneWayAloneIsRefused(String encoded) {
        assertEquals(
                400,
                assertThrows(RefusedException.class, () -> Parameters.parse(encoded))
                        .status());
    }
}
