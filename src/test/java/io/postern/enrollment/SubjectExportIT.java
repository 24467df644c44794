package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Computer;
import io.postern.harness.Correspondent;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** RULES F6: everything that is held of a person, for the person, and no secret. */
final class SubjectExportIT {

    /** Tables with rows of a person, and where the export shows them. */
    private static final Map<String, String> EXPORTED = Map.of(
            "subject", "registration",
            "factor", "factors",
            "remembered_device", "devices",
            "former_address", "former_addresses",
            "subject_change", "changes",
            "bypass_request", "awaited_codes",
            "audit_event", "audit_events");

    /** Tables without a row that leads to a person, and why. */
    private static final Map<String, String> EXEMPT = Map.ofEntries(
            Map.entry("application", "the front end"),
            Map.entry("api_client", "the front end's"),
            Map.entry("client_secret", "the front end's"),
            Map.entry("approval", "a challenge's number for a day, of nobody"),
            Map.entry("spent_proof", "a token's number for minutes, of nobody"),
            Map.entry(
                    "outbox",
                    "messages on their way, sealed, gone in three days; none knows whose it is but by opening it"),
            Map.entry("sending_stop", "an operator's"),
            Map.entry("erased_subject", "of those who are not held any more"),
            Map.entry("audit_chain", "ends of a chain of macs, of nobody"),
            Map.entry("webhook_endpoint", "the front end's"),
            Map.entry("webhook_secret", "the front end's"),
            Map.entry("webhook_delivery", "what the front end is told, over a pseudonym, gone in 30 days"),
            Map.entry("policy_version", "the front end's"),
            Map.entry("disowning_link", "a keyed hash of a link, of nobody"),
            Map.entry("operator", "those who run Postern, who read and change it themselves"),
            Map.entry("import", "an operator's"),
            Map.entry("import_line", "numbers of lines, of nobody"),
            Map.entry("flyway_schema_history", "the schema's"));

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api desk =
            postern.api(SeededClient.DEMO_OPERATOR, 1).with("X-Actor", "desk-7").with("X-Reason", "Letter of the 3rd");
    private final Sql sql = Sql.on(postern);

    @Test
    void exportShowsAllThatIsHeldAndNoSecret() {
        var former = Correspondent.newAddress();
        var email = Correspondent.newAddress();
        var mailbox = Correspondent.newAddress();
        var person = Person.registered(postern, api);
        api.put(person.path(), Map.of("email", former)).expect(200);
        api.put(person.path(), Map.of("email", email, "display_name", "Ann", "locale", "de"))
                .expect(200);
        var codes = person.enroll().json().path("recovery_codes");
        add(person, mailbox);
        api.put(person.path("/preferences"), Map.of("ask_every_sign_in", true)).expect(200);
        var members = Map.of("purpose", "sign_in", "ip", "192.0.2.77", "user_agent", "Firefox");
        var challenge = person.challenge(api, members).expect(201).text("id");
        person.verify(challenge, person.wrongCode()).expect(422);

        var export = desk.get(person.path("/export")).expect(200);

        assertEquals("no-store", export.header("Cache-Control").orElseThrow());
        var json = export.json();
        assertEquals(person.subject(), json.path("subject").textValue());
        assertEquals(email, json.at("/registration/email").textValue());
        assertEquals("Ann", json.at("/registration/display_name").textValue());
        assertEquals("de", json.at("/registration/locale").textValue());
        assertTrue(json.at("/preferences/ask_every_sign_in").booleanValue());
        assertEquals("on", json.path("two_factor").textValue());
        assertEquals(List.of("totp", "recovery_code", "email"), texts(json.path("factors"), "/factor/type"));
        assertEquals(mailbox, json.at("/factors/2/destination").textValue());
        assertEquals(1, json.at("/factors/0/failures").intValue());
        assertEquals(10, json.at("/factors/1/codes_left").intValue());
        assertEquals(List.of("person@example.com", former), texts(json.path("former_addresses"), "/address"));
        assertEquals(
                List.of("email_replaced", "email_replaced", "factor_added", "factor_added"),
                texts(json.path("changes"), "/type"));
        assertEquals(former, json.at("/changes/1/former_email").textValue());
        assertEquals(
                List.of("factor_activated", "factor_activated", "code_refused", "subject_exported"),
                texts(json.path("audit_events"), "/type").stream()
                        .filter(type -> !type.equals("challenge_approved"))
                        .filter(type -> !type.equals("email_changed"))
                        .toList());
        assertTrue(texts(json.path("audit_events"), "/ip").contains("192.0.2.77"), export::body);
        assertTrue(texts(json.path("audit_events"), "/reason").contains("Letter of the 3rd"), export::body);
        assertFalse(export.body().contains(person.secret()), export::body);
        codes.forEach(code -> assertFalse(export.body().contains(code.textValue()), export::body));
    }

    @Test
    void exportShowsRememberedComputers() {
        var person = Person.enrolled(postern, api);
        var device = Computer.of(person).device();
        var export = desk.get(person.path("/export")).expect(200);
        assertEquals(List.of(device), texts(export.json().path("devices"), "/id"));
    }

    @Test
    void exportOfAnotherShowsNothingOfThePerson() {
        var one = Person.enrolled(postern, api);
        var two = Person.enrolled(postern, api);
        var export = desk.get(one.path("/export")).expect(200);
        assertFalse(export.body().contains(two.subject()) || export.body().contains(two.factor()), export::body);
    }

    /** RULES F4: a look at a person leaves a trace, and a front end's client cannot take it. */
    @Test
    void exportIsAuditedAndNotForFrontEnds() {
        var person = Person.enrolled(postern, api);
        api.with("X-Actor", "owner")
                .with("X-Reason", "Mine")
                .get(person.path("/export"))
                .expectProblem(403, "insufficient_scope");
        desk.get(person.path("/export")).expect(200);
        assertEquals(
                List.of("desk-7"),
                sql.texts(
                        "select e.actor from audit_event e join subject s on s.id = e.subject_id"
                                + " where s.external_id = ? and e.type = 'subject_exported'",
                        person.subject()));
    }

    /** A new table is either exported or said to hold nothing of a person. */
    @Test
    void everyTableIsExportedOrExempt() {
        var tables = new TreeSet<>(sql.texts("select c.relname from pg_class c where c.relkind in ('r', 'p')"
                + " and not c.relispartition and c.relnamespace = 'public'::regnamespace and c.relname <> 'batch'"));
        var known = new TreeMap<>(EXEMPT);
        known.putAll(EXPORTED);
        assertEquals(known.keySet(), tables);
    }

    /** What is exempt holds no reference to a person, in any column but a pseudonym. */
    @Test
    void exemptTablesHaveNoColumnOfAPerson() {
        var columns = sql.texts("select table_name || '.' || column_name from information_schema.columns"
                + " where table_schema = 'public' and column_name ~ 'subject|external|email|address|phone|user_agent|^ip$'"
                + " and table_name not like 'audit_event\\_%'");
        assertTrue(columns.size() >= 6, "the search finds columns: " + columns);
        assertEquals(
                List.of(),
                columns.stream()
                        .filter(column -> !EXPORTED.containsKey(column.substring(0, column.indexOf('.'))))
                        .filter(column -> !column.equals("webhook_delivery.subject_id")) // leads nowhere once erased
                        .filter(column -> !column.equals("application.return_addresses")) // of the front end
                        .toList());
        var references = sql.texts("select conrelid::regclass::text from pg_constraint where contype = 'f'"
                + " and confrelid in ('subject'::regclass, 'factor'::regclass)");
        assertEquals(
                List.of(),
                references.stream()
                        .filter(table -> !EXPORTED.containsKey(table))
                        .toList());
    }

    private void add(Person person, String address) {
        var proven = person.with(person.proof("add_factor"));
        var pending = Correspondent.begin(proven, person.path(), "email", address)
                .expect(201)
                .text("id");
        var code = Correspondent.codes(postern, address, 1).getFirst();
        proven.post(person.path("/factors/" + pending + "/activate"), Map.of("code", code))
                .expect(200);
    }

    private static List<String> texts(JsonNode array, String pointer) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(node -> node.at(pointer).asText(""))
                .toList();
    }
}
