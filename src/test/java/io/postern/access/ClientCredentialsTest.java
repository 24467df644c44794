package io.postern.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749 section 2.3.1, RFC 7617. */
final class ClientCredentialsTest {

    @ParameterizedTest
    @CsvSource({
        "demo:secret, demo, secret",
        "demo:, demo, ''",
        "demo:a:b, demo, a:b",
        "de%3Amo:a%25b+c, de:mo, a%b c",
        "d%C3%A4mo:ü, dämo, ü",
    })
    void partsAreFormEncodedAndSplitAtTheFirstColon(String pair, String client, String secret) {
        assertEquals(new ClientCredentials(client, secret), ClientCredentials.of("Basic " + base64(pair)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC ", "Basic   "})
    void schemeKnowsNoCase(String scheme) {
        assertEquals(new ClientCredentials("a", "b"), ClientCredentials.of(scheme + base64("a:b")));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic YTpi=",
                "Basic YQ==",
                "Basic OmI=",
                "Bearer YTpi",
                "YTpi"
            })
    void whatCannotBeReadIsAnInvalidClient(@Nullable String header) {
        refuse(header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%zz:b", "a:%", "a%00:b", "a:b%00c", "a:b\0"})
    void brokenEncodingAndNulAreAnInvalidClient(String pair) {
        refuse("Basic " + base64(pair));
    }

    @Test
    void secretIsNotShown() {
        assertFalse(new ClientCredentials("demo", "hushhush").toString().contains("hushhush"));
    }

    private static String base64(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(@Nullable String header) {
        var error = assertThrows(TokenError.class, () -> ClientCredentials.of(header));
        assertEquals("invalid_client", error.error);
        assertEquals(401, error.status);
    }
}
