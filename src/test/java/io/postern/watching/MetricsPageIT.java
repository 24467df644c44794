package io.postern.watching;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.ExtraCopy;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} and the copies of a service that has done what counts say the same. */
final class MetricsPageIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** A copy that found no connection at its start looks again soon. */
    private static final Map<String, String> OFTEN = Map.of("POSTERN_HOUSEKEEPING_INTERVAL", "2s");

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Sql sql = Sql.on(postern);

    @Test
    void pageSaysWhatCopiesTell() {
        useEverything();
        // A copy goes through its housekeeping when it starts, and only then looks at the chains.
        try (var copy = ExtraCopy.of(postern, OFTEN)) {
            var copies = List.of(Api.at(postern.first()), Api.at(postern.second()), Api.at(copy.baseUrl()));
            var page = MetricsPage.read();
            Await.until(
                    SOON,
                    "every metric is told: " + missing(page, Scrape.of(copies)),
                    () -> missing(page, Scrape.of(copies)).isEmpty());
            var told = Scrape.of(copies);
            var ours = told.families().values().stream()
                    .filter(family -> family.name().startsWith("postern_"))
                    .toList();
            assertEquals(shapes(List.copyOf(page.ours().values())), shapes(ours));
            ours.forEach(family -> requireListedValues(page.metric(family.name()), family));
            assertAll(page.platform().stream()
                    .map(name -> () -> assertTrue(told.families().containsKey(name), name + " is told by no copy")));
            assertAll(bucketsOfTheAlerts()
                    .map(bucket -> () -> assertTrue(told.buckets().contains(bucket), bucket + " is told by no copy")));
        }
    }

    /** An alert that asks for a bucket that is not there is quiet for ever. */
    private static Stream<String> bucketsOfTheAlerts() {
        return AlertFile.read().queries().stream()
                .flatMap(query -> new Expression(query).selectors().stream())
                .flatMap(selector -> selector.matches().stream()
                        .filter(match -> match.label().equals("le"))
                        .map(match -> selector.metric() + " " + match.value()));
    }

    private static Set<String> missing(MetricsPage page, Scrape told) {
        var missing = new TreeSet<>(page.ours().keySet());
        missing.removeAll(told.families().keySet());
        return missing;
    }

    private static Map<String, String> shapes(List<Family> families) {
        return families.stream().collect(Collectors.toMap(Family::name, Family::shape));
    }

    private static void requireListedValues(Family listed, Family told) {
        listed.labels().forEach((label, values) -> {
            if (!values.isEmpty()) {
                var others = new TreeSet<>(Objects.requireNonNull(told.labels().get(label)));
                others.removeAll(values);
                assertEquals(Set.of(), others, () -> told.name() + " has more values of " + label);
            }
        });
    }

    /** What alerts look at begins at 0, for who joins later too: Prometheus sees no growth in a counter that begins at 1. */
    @Test
    void eventsOfAnApplicationAreCountedFromZero() {
        var application = "unused-" + UUID.randomUUID();
        sql.change("insert into application (id, name) values (?, 'Unused')", application);
        try (var copy = ExtraCopy.of(postern, OFTEN)) {
            var types = List.of("factor_locked", "sending_stopped", "webhook_disabled", "challenge_approved");
            Await.until(
                    SOON,
                    "the counters are there",
                    () -> Api.at(copy.baseUrl())
                            .get("/q/metrics")
                            .expect(200)
                            .body()
                            .lines()
                            .filter(line -> line.contains(application) && line.endsWith(" 0.0"))
                            .collect(Collectors.joining())
                            .matches(types.stream()
                                    .map(type -> "(?=.*type=\"" + type + "\")")
                                    .collect(Collectors.joining("", "", ".*"))));
        }
    }

    @Test
    void statementsOfTheRunbooksAreGood() {
        var statements = new Runbooks().statements();
        assertTrue(statements.size() > 5, () -> statements + "");
        assertAll(statements.stream().map(statement -> () -> sql.texts(statement.replaceFirst(";\\s*$", ""))));
    }

    private void useEverything() {
        var person = Person.enrolled(postern, api);
        person.verify(person.challenge(), person.code()).expect(200);
        var byMail = Correspondent.byMail(postern, api);
        var challenge = byMail.challenge();
        byMail.code(challenge);
        byMail.sendAgain(challenge).expect(429);
        Correspondent.bySms(postern, api);
        importSomebody();
        tellNobody();
    }

    private void importSomebody() {
        var operator = postern.everyScope(SeededClient.DEMO_ADMIN, 0);
        var id = operator.post("/v1/imports", Map.of("actor", "ops-3", "reason", "To see it counted"))
                .expect(201)
                .text("id");
        var line = "{\"subject\":\"imported-%s\"}\n".formatted(UUID.randomUUID());
        operator.send(
                        "PUT",
                        "/v1/imports/" + id + "/lines?after=0",
                        line.getBytes(StandardCharsets.UTF_8),
                        "application/x-ndjson")
                .expect(200);
    }

    /** An endpoint in a network that is never called, in an application of its own. */
    private void tellNobody() {
        var application = "hooked-" + UUID.randomUUID();
        var endpoint = UUID.randomUUID();
        sql.change("insert into application (id, name) values (?, 'Hooked')", application);
        sql.change(
                "insert into webhook_endpoint (id, application_id, url) values (?, ?, 'https://192.0.2.1/')",
                endpoint,
                application);
        sql.change(
                "insert into webhook_delivery (id, endpoint_id, message, type) values (?, ?, ?, 'ping')",
                UUID.randomUUID(),
                endpoint,
                UUID.randomUUID());
        Await.until(
                SOON,
                "it is tried",
                () -> sql.number("select max(attempts) from webhook_delivery where endpoint_id = ?", endpoint) > 0);
        sql.change(
                "update webhook_endpoint set enabled = false, off_reason = 'operator', off_at = now() where id = ?",
                endpoint);
    }
}
