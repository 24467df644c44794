package io.postern.tracing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.postern.harness.Postern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** The log of one copy, a JSON object a line. */
final class LogLines {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private LogLines() {}

    static List<JsonNode> of(Postern postern, int copy) {
        try {
            return Files.readAllLines(postern.copy(copy).log()).stream()
                    .map(LogLines::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("No JSON object: " + line, e);
        }
    }

    /** The lines of one request. */
    static List<JsonNode> ofRequest(Postern postern, int copy, String request) {
        return of(postern, copy).stream()
                .filter(line -> line.path("mdc").path("requestId").asText().equals(request))
                .toList();
    }
}
