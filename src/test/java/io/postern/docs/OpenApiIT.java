package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Totp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The OpenAPI document: the one in the repository, the one that is served, and what the service really answers. */
final class OpenApiIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN);
    private final DocumentedApi documented = new DocumentedApi(postern);
    private final JsonNode document = documented.document();

    @Test
    void documentInTheRepositoryIsTheServedOne() {
        var served = Api.at(postern.first()).get("/q/openapi").expect(200).body();
        Page.of("docs/openapi.yaml").mustRead(served.stripTrailing() + "\n");
    }

    @Test
    void everyOperationIsDescribedWithItsExamplesAndProblems() {
        assertAll(documented.operations().map(operation -> () -> {
            var name = operation.path("operationId").asText();
            assertTrue(operation.hasNonNull("summary") && operation.hasNonNull("description"), name);
            assertTrue(operation.has("security"), name);
            assertEquals(List.of(), bodiesWithoutExample(operation), name);
            if (operation.path("security").findValue("oauth2") != null) {
                assertEquals(Set.of("oauth2"), schemes(operation), name);
                assertTrue(operation.path("responses").has("401"), name);
                assertTrue(operation.path("responses").has("503"), name);
            }
        }));
    }

    /** Else who makes a client of the document would not see what the answers hold. */
    @Test
    void schemasHaveTheMembersOfTheirExamples() {
        var unknown = documented
                .operations()
                .flatMap(operation -> Stream.concat(
                        Stream.of(operation.path("requestBody")),
                        operation.path("responses").valueStream()))
                .map(body -> body.path("content").path("application/json"))
                .flatMap(media -> media.path("examples")
                        .valueStream()
                        .flatMap(example -> documented.unknown(media.path("schema"), example.path("value"))))
                .distinct()
                .toList();
        assertEquals(List.of(), unknown);
    }

    /** A generated client sends and reads what stands here. */
    @Test
    void valuesAreNamedAsTheyTravel() {
        var values = document.findValues("enum").stream()
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::asText)
                .toList();
        assertTrue(values.contains("factor_activated"), values::toString);
        assertEquals(
                List.of(),
                values.stream().filter(value -> value.matches("[A-Z_]+")).toList());
    }

    @Test
    void answersHaveTheMembersOfTheirExamples() {
        var person = Person.registered(postern, api);
        var client = SeededClient.DEMO_ADMIN;
        assertShows(
                Api.at(postern.first())
                        .withBasic(client.id(), client.secret())
                        .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"))
                        .expect(200),
                example("/oauth2/token", "post", "200", "token"));
        var registration = Map.of("email", "person@example.com", "display_name", "Person", "locale", "en");
        assertShows(
                api.put(person.path(), registration).expect(200),
                example("/v1/subjects/{subject}", "put", "201", "off"));
        assertShows(
                api.post(person.path("/factors"), Map.of("type", "totp")).expect(201),
                example("/v1/subjects/{subject}/factors", "post", "201", "totp"));
        person.enroll();
        assertShows(
                api.get(person.path("/factors/" + person.factor())).expect(200),
                example("/v1/subjects/{subject}/factors/{factor}", "get", "200", "active"));
        var challenge = person.challenge(api, Map.of("purpose", "sign_in", "nonce", "n"))
                .expect(201);
        assertShows(challenge, example("/v1/challenges", "post", "201", "pending"));
        var approved = person.verify(challenge.text("id"), person.code()).expect(200);
        assertShows(approved, example("/v1/challenges/{challenge}/verify", "post", "200", "remembered"));
        assertShows(
                api.get("/v1/challenges/" + challenge.text("id")).expect(200),
                example("/v1/challenges/{challenge}", "get", "200", "approved"));
        assertShows(
                person.signInWith(approved.text("device_token")).expect(200),
                example("/v1/challenges", "post", "200", "remembered"));
        var stepUp = person.challenge(Map.of("purpose", "step_up")).expect(201).text("id");
        assertShows(
                person.verify(stepUp, person.code()).expect(200),
                example("/v1/challenges/{challenge}/verify", "post", "200", "approved"));
        assertShows(api.get(person.path()).expect(200), example("/v1/subjects/{subject}", "get", "200", "on"));
        assertShows(
                api.get(person.path("/factors")).expect(200),
                example("/v1/subjects/{subject}/factors", "get", "200", "one"));
        assertShows(
                Api.at(postern.first()).get("/.well-known/jwks.json").expect(200),
                example("/.well-known/jwks.json", "get", "200", "one"));
    }

    @Test
    void auditTrailHasTheMembersOfItsExamples() {
        var operator = postern.api(SeededClient.DEMO_OPERATOR);
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge(api, Map.of("purpose", "sign_in", "ip", "192.0.2.7", "user_agent", "Browser"))
                .expect(201);
        person.verify(challenge.text("id"), person.code()).expect(200);
        var path = "/v1/audit-events?limit=1&type=challenge_approved&subject=" + person.subject();
        Await.until(
                Duration.ofSeconds(30),
                "sealed",
                () -> operator.get(path).expect(200).body().contains("challenge_approved"));
        assertShows(operator.get(path), example("/v1/audit-events", "get", "200", "events"));
        assertShows(
                operator.post("/v1/audit-events/verify", Map.of()).expect(200),
                example("/v1/audit-events/verify", "post", "200", "intact"));
    }

    @Test
    void problemsHaveTheMembersOfTheirExamples() {
        var person = Person.enrolled(postern, api);
        assertShows(
                api.post("/v1/challenges", Map.of("subject", "owner", "purpose", "none"))
                        .expect(400),
                problem("Problem400", "malformed_request"));
        assertShows(api.post(person.path("/disable")).expect(403), problem("Problem403", "verification_required"));
        var ofAFastClock = Totp.codeAt(person.secret(), Instant.now().plusSeconds(150));
        assertShows(person.verify(person.challenge(), ofAFastClock).expect(422), problem("Problem422", "invalid_code"));
        assertShows(api.get("/v1/challenges/none").expect(404), problem("Problem404", "not_found"));
    }

    private static Set<String> schemes(JsonNode operation) {
        var names = new TreeSet<String>();
        operation
                .path("security")
                .forEach(alternative -> alternative.fieldNames().forEachRemaining(names::add));
        return names;
    }

    private static List<JsonNode> bodiesWithoutExample(JsonNode operation) {
        return Stream.concat(
                        Stream.of(operation.path("requestBody")),
                        operation.path("responses").valueStream())
                .flatMap(body -> body.path("content").valueStream())
                .filter(media -> media.path("examples").isEmpty())
                .toList();
    }

    private JsonNode example(String path, String method, String status, String name) {
        return document.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(status)
                .path("content")
                .path("application/json")
                .path("examples")
                .required(name)
                .required("value");
    }

    private JsonNode problem(String response, String code) {
        return document.path("components")
                .path("responses")
                .path(response)
                .path("content")
                .path("application/problem+json")
                .path("examples")
                .required(code)
                .required("value");
    }

    private static void assertShows(Answer answer, JsonNode example) {
        assertEquals(members(example), members(answer.json()), answer::toString);
    }

    /** The pointers of all members, with one for all elements of an array. */
    private static Set<String> members(JsonNode node) {
        var members = new TreeSet<String>();
        node.properties().forEach(member -> {
            members.add(member.getKey());
            members(member.getValue()).forEach(inner -> members.add(member.getKey() + "/" + inner));
        });
        if (node.isArray()) {
            node.forEach(element -> members.addAll(members(element)));
        }
        return members;
    }
}
