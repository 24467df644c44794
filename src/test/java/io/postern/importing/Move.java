package io.postern.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.commons.codec.binary.Base32;

/** An import, as an operator makes it. */
record Move(Api api, String id) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Begins one in which nobody is told. */
    static Move begin(Api api) {
        return begin(api, false);
    }

    static Move begin(Api api, boolean tellPeople) {
        var body = Map.of("actor", "ops-3", "reason", "Move from the old login", "tell_people", tellPeople);
        return new Move(api, api.post("/v1/imports", body).expect(201).text("id"));
    }

    /** The same import through another copy or client. */
    Move through(Api other) {
        return new Move(other, id);
    }

    String path() {
        return "/v1/imports/" + id;
    }

    Answer send(long after, List<String> lines) {
        return send(after, String.join("\n", lines) + "\n");
    }

    Answer send(long after, String lines) {
        return send(after, lines.getBytes(StandardCharsets.UTF_8));
    }

    Answer send(long after, byte[] lines) {
        return api.send("PUT", path() + "/lines?after=" + after, lines, "application/x-ndjson");
    }

    JsonNode state() {
        return api.get(path()).expect(200).json();
    }

    long done() {
        return state().path("lines_done").longValue();
    }

    /** What became of the lines: number, outcome and code, each as one text. */
    List<String> report() {
        return api.get(path() + "/report")
                .expect(200)
                .body()
                .lines()
                .map(line -> json(line))
                .map(line -> List.of("line", "outcome", "code", "factor", "field").stream()
                        .filter(line::has)
                        .map(member -> line.path(member).asText())
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    /** A person with an authenticator app. */
    static String line(String subject, String secret) {
        return "{\"subject\":\"%s\",\"factors\":[{\"type\":\"totp\",\"secret\":\"%s\"}]}".formatted(subject, secret);
    }

    /** A new secret of so many bytes, in Base32. */
    static String secret(int bytes) {
        var secret = new byte[bytes];
        new Random().nextBytes(secret);
        return new Base32().encodeToString(secret).replace("=", "");
    }
}
