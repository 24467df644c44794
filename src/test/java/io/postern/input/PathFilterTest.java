package io.postern.input;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES B3. */
final class PathFilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/subjects/owner;a=b",
                "/v1/subjects/owner;",
                "/v1/subjects//factors",
                "//v1/subjects/owner",
                "/v1/subjects/.",
                "/v1/subjects/..",
                "/v1/subjects/../factors",
                "/v1/subjects/%2e/factors",
                "/v1/subjects/%2E%2e/factors",
                "/v1/subjects/.%2E",
            })
    void pathsThatMeanAnotherAreSeen(String path) {
        assertTrue(PathFilter.isAmbiguous(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/subjects/owner",
                "/v1/subjects/owner/",
                "/v1/subjects/a%3Bb",
                "/v1/subjects/a%2Fb",
                "/v1/subjects/...",
                "/v1/subjects/.a",
                "/v1/subjects/a..b/factors",
                "/.well-known/jwks.json",
            })
    void plainPathsPass(String path) {
        assertFalse(PathFilter.isAmbiguous(path));
    }
}
