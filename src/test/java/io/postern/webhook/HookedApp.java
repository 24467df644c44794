package io.postern.webhook;

import io.postern.embedded.Await;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An application of its own for one test, with its endpoints. */
final class HookedApp {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Postern postern;
    private final String id = "hooked-" + UUID.randomUUID();
    private final Sql sql;

    HookedApp(Postern postern) {
        this.postern = postern;
        this.sql = Sql.on(postern);
        sql.change("insert into application (id, name) values (?, 'Hooked')", id);
    }

    String id() {
        return id;
    }

    /** Calls with every scope. */
    Api api() {
        return api(0);
    }

    Api api(int copy) {
        return postern.everyScope(id, copy);
    }

    Person person() {
        return Person.enrolled(postern, api());
    }

    /** A new endpoint. */
    Hook hook(Receiver receiver, String... events) {
        return hook(receiver.url(), events);
    }

    Hook hook(String url, String... events) {
        var added = api().post("/v1/webhooks", Map.of("url", url, "events", List.of(events)))
                .expect(201);
        return new Hook(added.text("id"), added.text("secret"));
    }

    /** An endpoint, with the secret that signs. */
    record Hook(String id, String secret) {

        String path() {
            return "/v1/webhooks/" + id;
        }

        String path(String rest) {
            return path() + rest;
        }
    }

    Answer ping(Hook hook) {
        return api().post(hook.path("/ping")).expect(202);
    }

    Answer state(Hook hook) {
        return api().get(hook.path()).expect(200);
    }

    /** What waits is due now, and the endpoint may be asked now. */
    void timePasses(Hook hook) {
        sql.change("update webhook_endpoint set next_try_at = null where id = ?::uuid", hook.id());
        sql.change(
                "update webhook_delivery set due_at = now() where endpoint_id = ?::uuid and claim is null and state = 'waiting'",
                hook.id());
    }

    /** How many of its deliveries are so. */
    long count(Hook hook, String condition) {
        return sql.number(
                "select count(*) from webhook_delivery where endpoint_id = ?::uuid and " + condition, hook.id());
    }

    void awaitCount(Hook hook, long number, String condition) {
        if (!Await.holdsWithin(SOON, () -> count(hook, condition) == number)) {
            throw new AssertionError("Not %d are %s: %s"
                    .formatted(
                            number,
                            condition,
                            sql.texts(
                                    "select d::text from webhook_delivery d where endpoint_id = ?::uuid", hook.id())));
        }
    }

    /** Turns true within seconds. */
    void awaitState(Hook hook, String member, String value) {
        Await.until(
                SOON,
                member + " is " + value,
                () -> state(hook).json().path(member).asText().equals(value));
    }
}
