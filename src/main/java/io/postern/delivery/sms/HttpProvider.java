package io.postern.delivery.sms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.postern.crypto.WebhookSecret;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** A server of the operator's own: {@code {"id","to","text"}}, signed after Standard Webhooks, so that it knows who calls. */
final class HttpProvider implements SmsProvider {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpApi api;
    private final WebhookSecret secret;
    private final Clock clock;

    HttpProvider(SmsConfig.Http config, Clock clock) {
        var url = config.url().orElseThrow(() -> new IllegalStateException("postern.sms.http.url must be set"));
        secret = new WebhookSecret(
                config.secret().orElseThrow(() -> new IllegalStateException("postern.sms.http.secret must be set")));
        api = Clients.of(HttpApi.class, url, config.connectTimeout(), config.readTimeout());
        this.clock = clock;
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public void send(String to, String text, UUID id, Duration limit) {
        var at = clock.instant();
        var body = json(to, text, id);
        var call = api.send(id.toString(), at.getEpochSecond(), secret.sign(id.toString(), at, body), body);
        Answers.await(name(), call, limit);
    }

    private static String json(String to, String text, UUID id) {
        var message = JsonNodeFactory.instance
                .objectNode()
                .put("id", id.toString())
                .put("to", to)
                .put("text", text);
        try {
            return JSON.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A message cannot be written", e);
        }
    }
}
