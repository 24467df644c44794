package io.postern.harness;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.SeededClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Access tokens of the API clients, each used until shortly before its end. */
final class AccessTokens {
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Api api;
    private final Map<SeededClient, Token> tokens = new ConcurrentHashMap<>();

    private record Token(String value, Instant end) {
        boolean isFresh() {
            return Instant.now().plus(MARGIN).isBefore(end);
        }
    }

    AccessTokens(Api api) {
        this.api = api;
    }

    String of(SeededClient client) {
        return tokens.compute(client, (key, held) -> held != null && held.isFresh() ? held : fetch(key))
                .value();
    }

    private Token fetch(SeededClient client) {
        Instant asked = Instant.now();
        JsonNode answer = api.withBasic(client.id(), client.secret())
                .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"))
                .expect(200)
                .json();
        return new Token(
                answer.required("access_token").textValue(),
                asked.plusSeconds(answer.required("expires_in").longValue()));
    }
}
