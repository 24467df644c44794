package io.postern.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Postern;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES B3: subject ids compare byte for byte, 1 to 128 characters, no control characters, no outer spaces. */
final class SubjectIdsIT {
    private final Api api = Postern.shared().api(SeededClient.DEMO_ADMIN, 1);
    private final String unique = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "100%", "a b", "ä€😀", "?q=1&r#f", "%2F", "a+b", "..;/x", "\\", "\"quoted\"", "null"})
    void anyTextIsAnId(String text) {
        var id = unique + text;
        register(id).expect(201);
        register(id).expect(200);
        assertEquals(id, api.get(path(id)).expect(200).text("subject"));
        challenge(id).expect(200);
        begin(id).expect(201);
    }

    @Test
    void lettersOfAnotherCaseAreAnotherId() {
        register("Owner-" + unique).expect(201);
        api.get(path("owner-" + unique)).expectProblem(404, "not_found");
        challenge("owner-" + unique).expectProblem(404, "not_found");
        register("owner-" + unique).expect(201);
    }

    @Test
    void anotherUnicodeFormIsAnotherId() {
        var composed = Normalizer.normalize("é-" + unique, Normalizer.Form.NFC);
        var decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        register(composed).expect(201);
        challenge(decomposed).expectProblem(404, "not_found");
        register(decomposed).expect(201);
    }

    @Test
    void innerSpacesCount() {
        register("a b " + unique).expect(201);
        challenge("a  b " + unique).expectProblem(404, "not_found");
    }

    @Test
    void idHasAtMost128Characters() {
        var longest = unique + "x".repeat(128 - unique.length());
        register(longest).expect(201);
        challenge(longest).expect(200);
        register(longest + "x").expectProblem(400, "malformed_request");
        challenge(longest + "x").expectProblem(400, "malformed_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "\u00a0a", "a\u2003", "a\u0000b", "a\nb", "a\u0085b", "\u007f", " "})
    void outerSpacesAndControlCharactersAreRefused(String id) {
        register(id).expectProblem(400, "malformed_request");
        challenge(id).expectProblem(400, "malformed_request");
    }

    private Answer register(String id) {
        return api.put(path(id), Map.of());
    }

    private Answer begin(String id) {
        return api.post(path(id) + "/factors", Map.of("type", "totp"));
    }

    private Answer challenge(String id) {
        return api.post("/v1/challenges", Map.of("subject", id, "purpose", "sign_in"));
    }

    private static String path(String id) {
        return "/v1/subjects/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
