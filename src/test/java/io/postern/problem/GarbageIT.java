package io.postern.problem;

import static io.postern.problem.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.FaultLog;
import io.postern.harness.Operation;
import io.postern.harness.Operation.Target;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RULES I2: garbage is the caller's fault. It is refused with a problem, changes nothing and logs no fault. */
@TestInstance(Lifecycle.PER_CLASS)
final class GarbageIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COUNTS = """
            select concat_ws(' ',
              (select count(*) from application), (select count(*) from api_client), (select count(*) from subject),
              (select count(*) from approval), (select count(*) from audit_event))
            """;

    private final Postern postern = Postern.shared();
    private final Api api = postern.everyScope(SeededClient.DEMO_ADMIN, 1);
    private final Person person = Person.enrolled(postern, api);
    private final Target target = Target.of(person);
    private List<String> before = List.of();
    private FaultLog log = FaultLog.from(postern);

    static List<Fields> fields() {
        var ofCalls = new LinkedHashMap<Operation, List<Contract.Field>>();
        Contract.of(Postern.shared())
                .fields()
                .forEach(field -> ofCalls.computeIfAbsent(field.call(), call -> new ArrayList<>())
                        .add(field));
        return ofCalls.entrySet().stream()
                .map(call -> new Fields(call.getKey(), call.getValue()))
                .toList();
    }

    /** Those of one call, after which it is looked whether anything has changed. */
    record Fields(Operation call, List<Contract.Field> all) {

        @Override
        public String toString() {
            return call.toString();
        }
    }

    static List<Operation> calls() {
        return Operation.ALL;
    }

    static List<Operation> callsWithBody() {
        return Operation.ALL.stream().filter(call -> call.body() != null).toList();
    }

    /** What was found after one test is what the next begins with. */
    @BeforeAll
    void look() {
        before = state();
        log = FaultLog.from(postern);
    }

    @AfterEach
    void nothingHasChangedAndNoFaultIsLogged() {
        var expected = before;
        var faults = log.entries();
        look();
        assertEquals(expected, before);
        assertEquals(List.of(), faults);
    }

    @Test
    void documentHasFields() {
        var all = Contract.of(postern).fields();
        assertTrue(all.size() >= 18, "the search for fields finds them: " + all);
    }

    /** Else the fields that follow would be refused for what they are not. A field that is known and null is left out. */
    @ParameterizedTest
    @MethodSource("fields")
    void documentedFieldsAreKnown(Fields fields) {
        for (var field : fields.all()) {
            var json = "{\"%s\":null,\"unknown\":1}".formatted(field.name());
            assertEquals(
                    "unknown",
                    send(field.call(), json.getBytes(UTF_8))
                            .json()
                            .at("/errors/0/field")
                            .textValue(),
                    field.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void wrongTypesAreRefused(Fields fields) {
        fields.all().forEach(this::refusesWrongTypes);
    }

    private void refusesWrongTypes(Contract.Field field) {
        var wrong = new ArrayList<Object>(List.of(1.5, 1e300, List.of("x"), Map.of(), Map.of("a", 1)));
        wrong.add(field.is("boolean") ? "true" : true);
        wrong.add(field.is("integer") ? "12" : 12);
        wrong.add(field.is("array") ? "x" : List.of());
        wrong.removeIf(field::mayBe);
        for (var value : wrong) {
            var answer = send(field.call(), bytes(body(field, value)));
            assertRefused(field + " is " + value, answer, ProblemCode.MALFORMED_REQUEST);
            var named = answer.json().at("/errors/0/field").textValue();
            assertEquals(field.name(), named.replace(".[]", ""), answer.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void requiredFieldsAreRequired(Fields fields) {
        fields.all().forEach(this::refusesItsLack);
    }

    private void refusesItsLack(Contract.Field field) {
        if (field.isRequired()) {
            var without = body(field, null);
            assertRefused(field + " is null", send(field.call(), bytes(without)), ProblemCode.MALFORMED_REQUEST);
            without.remove(field.name());
            assertRefused(field + " is missing", send(field.call(), bytes(without)), ProblemCode.MALFORMED_REQUEST);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void textsThatCannotBeStoredAreRefused(Fields fields) {
        fields.all().forEach(this::refusesTextsThatCannotBeStored);
    }

    private void refusesTextsThatCannotBeStored(Contract.Field field) {
        for (var escaped : List.of(
                "\\u0000",
                "a\\u0000b",
                "\\ud800",
                "a\\udc00",
                "\\u0007",
                "a\\r\\nb",
                "\\ufffd",
                "\\uffff",
                " a",
                "a ",
                "\\u2028")) {
            var json = string(body(field, "@")).replace("\"@\"", "\"" + escaped + "\"");
            var answer = send(field.call(), json.getBytes(UTF_8));
            assertRefused(field + " is " + escaped, answer, ProblemCode.MALFORMED_REQUEST);
            assertEquals(field.name(), answer.json().at("/errors/0/field").textValue(), answer.toString());
        }
        assertRefused(
                field + " is long",
                send(field.call(), bytes(body(field, "x".repeat(60_000)))),
                ProblemCode.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @MethodSource("callsWithBody")
    void bodiesThatAreNoJsonAreRefused(Operation call) {
        var good = string(body(call));
        var member = good.substring(1, good.length() - 1);
        var broken = new LinkedHashMap<String, byte[]>();
        for (var text : List.of(
                "", " ", "{", "}", "[]", "\"x\"", "12", "null", "true", "NaN", "{]", "{'a':1}", "{\"a\"}", "{//\n}")) {
            broken.put(text, text.getBytes(UTF_8));
        }
        broken.put("an unknown field", ("{\"unknown\":1," + member + "}").getBytes(UTF_8));
        broken.put("the same field twice", ("{" + member + "," + member + "}").getBytes(UTF_8));
        broken.put("more behind it", (good + " {}").getBytes(UTF_8));
        broken.put("junk behind it", (good + "x").getBytes(UTF_8));
        broken.put("deep arrays", ("[".repeat(5_000) + "]".repeat(5_000)).getBytes(UTF_8));
        broken.put("deep objects", ("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)).getBytes(UTF_8));
        broken.put("a deep field", ("{\"unknown\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}").getBytes(UTF_8));
        broken.put("a long name", ("{\"" + "n".repeat(60_000) + "\":1}").getBytes(UTF_8));
        broken.put("a long number", ("{\"unknown\":" + "9".repeat(60_000) + "}").getBytes(UTF_8));
        broken.put("bytes that are no UTF-8", replaced(good, new byte[] {(byte) 0xff, (byte) 0xfe}));
        broken.put("an overlong slash", replaced(good, new byte[] {(byte) 0xc0, (byte) 0xaf}));
        broken.put("a raw surrogate", replaced(good, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}));
        broken.put("a raw control character", replaced(good, new byte[] {1}));
        broken.put("UTF-16", good.getBytes(UTF_16));
        broken.put("UTF-16 without a mark", good.getBytes(UTF_16LE));
        broken.put("UTF-32", good.getBytes(Charset.forName("UTF-32")));
        broken.forEach((what, bytes) ->
                assertRefused(call + " with " + what, send(call, bytes), ProblemCode.MALFORMED_REQUEST));
    }

    @ParameterizedTest
    @MethodSource("callsWithBody")
    void otherMediaTypesAreRefused(Operation call) {
        for (var type : List.of(
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/problem+json",
                "application/merge-patch+json",
                "json",
                "/",
                ";;;",
                "a/" + "b".repeat(3_000))) {
            var answer = of(call).send(call.method(), call.pathOf(target), bytes(body(call)), type);
            assertRefused(call + " as " + type, answer, ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void bodiesOver64KiBAreRefused(Operation call) {
        var answer = of(call).send(call.method(), call.pathOf(target), new byte[64 * 1024 + 1], "application/json");
        assertRefused(call + " with too much", answer, ProblemCode.BODY_TOO_LARGE);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void representationsThatAreNotMadeAreRefused(Operation call) {
        for (var type : List.of("text/html", "application/xml", "image/png", "garbage")) {
            assertRefused(
                    call + " as " + type, call.call(of(call).with("Accept", type), target), ProblemCode.NOT_ACCEPTABLE);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void idsThatCannotBeAreRefused(Operation call) {
        var good = call.pathOf(target);
        var ids = List.of(
                "%00",
                "x%00",
                "%0d%0aSet-Cookie:%20a=b",
                "%0a",
                "%ff",
                "%c0%af",
                "%ed%a0%80",
                "%20",
                "x%20",
                "x;a=b",
                ";",
                "%2e",
                "%2E%2e",
                "x".repeat(129),
                "x".repeat(3_000),
                "%F0%9F%98%80",
                "%27%20or%201=1--",
                "*",
                "%25",
                "%7B%7D",
                "%24%7Bjndi:ldap://127.0.0.1/a%7D",
                "..%2f..%2fetc%2fpasswd",
                "00000000-0000-0000-0000-000000000000",
                "1-1-1-1-1",
                "-1",
                "A".repeat(44),
                "_".repeat(43),
                "%E2%80%A8");
        var known = new ArrayList<>(target.ids().values());
        known.add(Operation.NOBODY);
        var segments = good.split("/");
        for (int place = 0; place < segments.length; place++) {
            if (known.contains(segments[place]) && !call.name().startsWith("PUT")) {
                for (var id : ids) {
                    var changed = segments.clone();
                    changed[place] = id;
                    var path = String.join("/", changed);
                    assertRefused(call.method() + " " + path, send(call, path));
                }
            }
        }
    }

    private static String allowed(List<String> known) {
        var methods = new TreeSet<>(known);
        if (known.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }

    /** RFC 9110 section 15.5.6. */
    @Test
    void methodsThatAPathDoesNotKnowAreRefused() {
        Contract.of(postern).methods().forEach((path, known) -> {
            var concrete = new Operation("", path, "", null).pathOf(target);
            for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")) {
                if (!known.contains(method) && !path.equals("/oauth2/token")) { // which has its own form of errors
                    var answer = api.send(method, concrete, new byte[0], "application/json");
                    assertRefused(method + " " + path, answer, ProblemCode.METHOD_NOT_ALLOWED);
                    assertEquals(allowed(known), answer.header("Allow").orElse("none"), method + " " + path);
                }
            }
        });
        for (var path : List.of(
                "/",
                "/v1",
                "/v1/",
                "/v2/challenges",
                "/V1/challenges",
                "/q/nothing",
                "/admin",
                "/.env",
                "/v1/challenges/x/y/z")) {
            assertRefused(path, api.get(path), ProblemCode.NOT_FOUND);
            assertRefused(path, api.post(path, Map.of()), ProblemCode.NOT_FOUND);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void headersFullOfJunkAreRefusedOrSetAside(Operation call) {
        for (var junk : List.of("x", "\"", "a,b", "{}", "' or 1=1--", "\u00e4\u00ff", "x".repeat(9_000), "eyJ.eyJ.x")) {
            assertRefused(
                    "token " + junk,
                    call.call(Api.at(postern.second()).withToken(junk), target),
                    ProblemCode.UNAUTHORIZED);
            if (call.name().equals("DELETE /v1/subjects/{subject}/factors/{factor}")
                    || call.path().endsWith("/disable")) {
                assertRefused(
                        "proof " + junk,
                        call.call(api.with("X-Verification-Token", junk), target),
                        ProblemCode.VERIFICATION_REQUIRED);
            }
        }
        for (var junk : List.of("a b", "x".repeat(256), "\u0009x y")) {
            if (call.name().equals("POST /v1/challenges")
                    || (call.path().endsWith("/factors") && call.body() != null)) {
                assertRefused(
                        "key " + junk,
                        call.call(api.with("Idempotency-Key", junk), target),
                        ProblemCode.MALFORMED_REQUEST);
            }
        }
    }

    private Api of(Operation call) {
        return postern.api(call.client(), 1);
    }

    private Answer send(Operation call, byte[] body) {
        return of(call).send(call.method(), call.pathOf(target), body, "application/json");
    }

    private Answer send(Operation call, String path) {
        var body = call.body() == null ? new byte[0] : bytes(body(call));
        return of(call).send(call.method(), path, body, call.body() == null ? "" : "application/json");
    }

    private Map<String, Object> body(Operation call) {
        var body = call.body();
        return body == null ? new HashMap<>() : new HashMap<>(body.apply(target));
    }

    private Map<String, Object> body(Contract.Field field, @Nullable Object value) {
        Map<String, @Nullable Object> body = new HashMap<>(body(field.call()));
        body.put(field.name(), value);
        return new HashMap<>(body);
    }

    private static byte[] bytes(Map<String, ?> body) {
        return string(body).getBytes(UTF_8);
    }

    private static String string(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The body with these bytes at the end of its last text, a value or else a name. */
    private static byte[] replaced(String json, byte[] bytes) {
        int end = json.lastIndexOf('"');
        return (json.substring(0, end) + new String(bytes, ISO_8859_1) + json.substring(end)).getBytes(ISO_8859_1);
    }

    /** All that a half-done call would leave. */
    private List<String> state() {
        var sql = Sql.on(postern);
        var state = new ArrayList<String>();
        state.add(api.get(person.path()).expect(200).body());
        state.add(api.get("/v1/challenges/" + target.challenge()).expect(200).body());
        state.addAll(sql.texts("select f::text from factor f where id = ?::uuid", target.factor()));
        state.addAll(sql.texts(COUNTS));
        return state;
    }
}
