package io.postern.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.FaultLog;
import io.postern.harness.Operation.Target;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A text that would be an order to Postgres, Redis, a log or a page is a text and nothing else. */
final class InjectionIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.everyScope(SeededClient.DEMO_ADMIN, 0);
    private final FaultLog log = FaultLog.from(postern);

    static List<String> texts() {
        return List.of(
                "'; drop table subject cascade; --",
                "' or '1'='1",
                "\\'; select pg_sleep(9); --",
                "$1",
                "?",
                ":subject",
                "{\"a\":1}",
                "'] redis.call('FLUSHALL') --",
                "} }:failures",
                "%s%n%x",
                "${jndi:ldap://127.0.0.1/a}",
                "#{7*7}",
                "<script>alert(1)</script>",
                "../../etc/passwd",
                "a\"b'c`d\\e",
                "\u202egnp.exe",
                "\ud83d\ude00");
    }

    @AfterEach
    void noFaultIsLogged() {
        assertEquals(List.of(), log.entries());
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsKeptAsItIs(String text) {
        var id = text + " " + UUID.randomUUID();
        var path = "/v1/subjects/" + encode(id);
        var registered = api.put(path, Map.of("display_name", text)).expect(201);
        assertEquals(id, registered.text("subject"));
        assertEquals(text, api.get(path).expect(200).text("display_name"));

        var begun = api.post(path + "/factors", Map.of("type", "totp", "label", text))
                .expect(201);
        assertEquals(text, begun.text("label"));
        assertEquals(
                text, api.get(path + "/factors").json().at("/factors/0/label").textValue());
        api.post("/v1/challenges", Map.of("subject", id, "purpose", "sign_in", "nonce", text, "user_agent", text))
                .expect(200);
        assertEquals(1, Sql.on(postern).number("select count(*) from subject where external_id = ?", id));
    }

    /** In every field of every call: taken or refused, but never run, and never a fault of ours. */
    @ParameterizedTest
    @MethodSource("texts")
    void textDoesNothingInAnyField(String text) {
        var bystander = Person.enrolled(postern, api); // whose factors no call was about
        var target = Target.of(Person.enrolled(postern, api));
        long subjects = Sql.on(postern).number("select count(*) from subject");
        for (var field : Contract.of(postern).fields()) {
            var schema = field.call().body();
            Map<String, Object> body = new HashMap<>(schema == null ? Map.of() : schema.apply(target));
            body.put(field.name(), text);
            var answer = postern.api(field.call().client())
                    .send(field.call().method(), field.call().pathOf(target), json(body), "application/json");
            assertTrue(answer.status() < 500, field + ": " + answer);
            if (answer.status() >= 400) {
                Refusals.assertRefused(field.toString(), answer);
            }
        }
        assertEquals(subjects, Sql.on(postern).number("select count(*) from subject"));
        bystander.verify(bystander.challenge(), bystander.code()).expect(200);
    }

    private static byte[] json(Map<String, Object> body) {
        try {
            return new ObjectMapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
