package io.postern.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** An HTTP answer, read to its end. */
public record Answer(int status, HttpHeaders headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The body as JSON; a missing node when it is empty.
     *
     * @throws AssertionError when it is something else
     */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + this, e);
        }
    }

    /**
     * The text of a member of the JSON object in the body.
     *
     * @throws AssertionError when there is no such member or it is no text
     */
    public String text(String member) {
        JsonNode value = json().path(member);
        if (!value.isTextual()) {
            throw new AssertionError("No text '" + member + "' in " + this);
        }
        return value.textValue();
    }

    /** The first header of that name, in any case of letters. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /**
     * This answer.
     *
     * @throws AssertionError showing it, when its status is another
     */
    public Answer expect(int expected) {
        if (status != expected) {
            throw new AssertionError("Expected " + expected + ", got " + this);
        }
        return this;
    }

    /**
     * This answer, a problem (RFC 9457) with that status and code.
     *
     * @throws AssertionError showing it, when it is anything else
     */
    public Answer expectProblem(int expected, String code) {
        expect(expected);
        String type = header("Content-Type").orElse("");
        if (!type.startsWith("application/problem+json") || !text("code").equals(code)) {
            throw new AssertionError("Expected the problem " + code + ", got " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        return "%d %s %s".formatted(status, headers.map(), body);
    }
}
