package io.postern.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.Answer;
import io.postern.harness.Burst;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application's endpoints over REST. */
final class WebhooksIT {

    private final Postern postern = HookedSet.shared();
    private final HookedApp app = new HookedApp(postern);
    private final Receiver receiver = Receiver.start();
    private final Sql sql = Sql.on(postern);

    @AfterEach
    void close() {
        receiver.close();
        sql.change(
                "update webhook_endpoint set enabled = false, off_reason = 'operator', off_at = now() where enabled");
    }

    @Test
    void secretIsShownOnce() {
        var added = app.api()
                .post(
                        "/v1/webhooks",
                        Map.of("url", receiver.url(), "description", "Ops", "events", List.of("ping", "ping")))
                .expect(201);
        var secret = added.text("secret");
        assertTrue(secret.startsWith("whsec_"), secret);
        assertEquals(32, Base64.getDecoder().decode(secret.substring(6)).length);
        assertEquals("no-store", added.header("Cache-Control").orElseThrow());
        assertEquals("[\"ping\"]", added.json().path("events").toString());

        var path = "/v1/webhooks/" + added.text("id");
        for (var answer : List.of(
                app.api().get(path).expect(200),
                app.api(1).get("/v1/webhooks").expect(200),
                app.api().patch(path, Map.of("description", "Other")).expect(200))) {
            assertFalse(answer.body().contains("whsec_"), answer::toString);
        }
        assertEquals("Other", app.api(1).get(path).expect(200).text("description"));
    }

    /** RULES H3. */
    @Test
    void repeatedCallMakesOneAndShowsNoSecretAgain() {
        var keyed = app.api().with("Idempotency-Key", UUID.randomUUID().toString());
        var body = Map.of("url", receiver.url());
        var first = keyed.post("/v1/webhooks", body).expect(201);
        var again = keyed.post("/v1/webhooks", body).expect(201);
        assertEquals(first.text("id"), again.text("id"));
        assertFalse(again.body().contains("whsec_"), again::body);
        keyed.post("/v1/webhooks", Map.of("url", receiver.url(), "description", "Other"))
                .expectProblem(422, "key_reused");
        assertEquals(1, app.api().get("/v1/webhooks").json().path("webhooks").size());

        var path = "/v1/webhooks/" + first.text("id");
        var ping = keyed.post(path + "/ping").expect(202);
        assertEquals(ping.text("id"), keyed.post(path + "/ping").expect(202).text("id"));
        keyed.post(path + "/secrets", Map.of()).expect(201).text("secret");
        var rotated = keyed.post(path + "/secrets", Map.of()).expect(201);
        assertFalse(rotated.body().contains("whsec_"), rotated::body);
        assertEquals(2, rotated.json().path("secrets").size());
    }

    @Test
    void changedUrlIsCalledAndChangedFilterHolds() {
        var other = Receiver.start();
        try {
            var hook = app.hook(receiver, "factor_activated");
            app.api()
                    .patch(hook.path(), Map.of("url", other.url(), "events", List.of()))
                    .expect(200);
            var person = app.person();
            person.with(person.proof("disable")).post(person.path("/disable")).expect(204);
            other.await("two_factor_disabled");
            assertEquals(0, receiver.connections());
        } finally {
            other.close();
        }
    }

    @Test
    void removedEndpointIsGone() {
        var hook = app.hook(receiver);
        app.ping(hook);
        receiver.await("ping");
        app.api(1).delete(hook.path()).expect(204);
        app.api().get(hook.path()).expectProblem(404, "not_found");
        app.api().delete(hook.path()).expectProblem(404, "not_found");
        app.api().get(hook.path("/deliveries")).expectProblem(404, "not_found");
        assertEquals(0, app.api().get("/v1/webhooks").json().path("webhooks").size());
        assertEquals(0, sql.number("select count(*) from webhook_secret where endpoint_id = ?::uuid", hook.id()));
        app.person();
        assertEquals(1, receiver.calls().size());
    }

    @Test
    void anApplicationHasTenAlsoWhenManyAreAddedAtOnceOverBothCopies() {
        var answers = Burst.of(24, number -> app.api(number % 2).post("/v1/webhooks", Map.of("url", receiver.url())));
        assertEquals(
                10, answers.stream().filter(answer -> answer.status() == 201).count());
        answers.stream()
                .filter(answer -> answer.status() != 201)
                .forEach(answer -> answer.expectProblem(409, "too_many_webhooks"));
        var one = app.api().get("/v1/webhooks").json().at("/webhooks/3/id").textValue();
        app.api().delete("/v1/webhooks/" + one).expect(204);
        app.hook(receiver);
    }

    @Test
    void deliveryIsReachedThroughItsOwnEndpointAlone() {
        var hook = app.hook(receiver);
        var other = app.hook(receiver);
        var delivery = app.ping(hook).text("id");
        app.api().post(other.path("/deliveries/" + delivery + "/redeliver")).expectProblem(404, "not_found");
        var stranger = new HookedApp(postern);
        stranger.api().post(hook.path("/deliveries/" + delivery + "/redeliver")).expectProblem(404, "not_found");
        stranger.api().get(hook.path()).expectProblem(404, "not_found");
        stranger.api().post(hook.path("/secrets"), Map.of()).expectProblem(404, "not_found");
        assertEquals(
                0, stranger.api().get("/v1/webhooks").json().path("webhooks").size());
    }

    @Test
    void pagesOfDeliveriesAreStableWhileOthersCome() {
        var hook = app.hook(receiver);
        var ids = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            ids.addFirst(app.ping(hook).text("id"));
        }
        // Of one moment, as one statement may write them.
        sql.change("update webhook_delivery set created_at = (select min(created_at) from webhook_delivery"
                + " where endpoint_id = '" + hook.id() + "') where endpoint_id = '" + hook.id() + "'");
        var seen = new ArrayList<String>();
        var page = page(hook, "?limit=3");
        while (true) {
            page.json()
                    .path("deliveries")
                    .forEach(delivery -> seen.add(delivery.path("id").textValue()));
            app.ping(hook);
            if (!page.json().has("next")) {
                break;
            }
            page = page(hook, "?limit=3&cursor=" + page.text("next"));
        }
        assertEquals(7, seen.size());
        assertEquals(new HashSet<>(ids), new HashSet<>(seen));
        assertNotEquals(
                seen.getFirst(), page(hook, "").json().at("/deliveries/0/id").textValue());
        for (var bad :
                List.of("limit=0", "limit=101", "limit=x", "limit=1e1", "cursor=x", "cursor=AAAA", "cursor=%00")) {
            app.api().get(hook.path("/deliveries?" + bad)).expectProblem(400, "malformed_request");
        }
    }

    private Answer page(HookedApp.Hook hook, String query) {
        return app.api().get(hook.path("/deliveries" + query)).expect(200);
    }

    /** RULES H5. */
    @Test
    void changesOfEndpointsAreAudited() {
        var hook = app.hook(receiver);
        app.api().patch(hook.path(), Map.of("enabled", false)).expect(200);
        app.api().post(hook.path("/secrets"), Map.of()).expect(201);
        app.api().delete(hook.path()).expect(204);
        assertEquals(
                List.of("webhook_added", "webhook_changed", "webhook_secret_rotated", "webhook_removed"),
                sql.texts("select type from audit_event where application_id = ? order by at, id", app.id()));
    }

    @Test
    void switchedOffItHoldsWhatWaitsAndSendsItWhenItIsOnAgain() {
        receiver.now(Receiver.Manner.FAILS);
        var hook = app.hook(receiver);
        app.ping(hook);
        receiver.awaitCalls(1);
        app.awaitCount(hook, 0, "claim is not null");
        var off = app.api().patch(hook.path(), Map.of("enabled", false)).expect(200);
        assertEquals("operator", off.text("off_reason"));
        app.timePasses(hook);
        receiver.now(Receiver.Manner.TAKES);
        var other = app.hook(receiver);
        app.ping(other);
        app.awaitCount(other, 1, "state = 'delivered'");
        assertEquals(1, app.count(hook, "state = 'waiting'"));

        var on = app.api().patch(hook.path(), Map.of("enabled", true)).expect(200);
        assertTrue(on.json().path("off_reason").isMissingNode());
        app.awaitCount(hook, 1, "state = 'delivered'");
    }
}
