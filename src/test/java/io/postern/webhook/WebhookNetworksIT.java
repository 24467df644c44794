package io.postern.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody reaches a neighbour of Postern's through a webhook: copies as they come, which allow no network. */
final class WebhookNetworksIT {

    private final Postern postern = Postern.shared();
    private final HookedApp app = new HookedApp(postern);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.8.8.8:8443/hook",
                "https://127.1/",
                "https://2130706433/",
                "https://017700000001/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://0/",
                "https://0.0.0.0/",
                "https://localhost/",
                "https://LOCALHOST./",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[fe80::1]/",
                "https://[fe80::1%25lo]/",
                "https://[fd00::1]/",
                "https://[ff02::1]/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[fd00:ec2::254]/",
                "https://100.64.0.1/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://nowhere.invalid/",
                "http://8.8.8.8/",
                "https://user:password@8.8.8.8/",
                "https://8.8.8.8/#fragment",
                "https://8.8.8.8:0/",
                "https://8.8.8.8:65536/",
                "https:///hook",
                "https://8.8.8.8\\@127.0.0.1/",
                "https://8.8.8.8 .example/",
                "ftp://8.8.8.8/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "//8.8.8.8/",
                "hook"
            })
    void urlThatLeadsInsideIsRefused(String url) {
        app.api().post("/v1/webhooks", Map.of("url", url)).expectProblem(422, "url_not_allowed");
        assertEquals(0, app.api().get("/v1/webhooks").json().path("webhooks").size());
    }

    @Test
    void publicAddressIsTakenAndCannotBeChangedToOneInside() {
        var hook = app.hook("https://8.8.8.8/hook", "ping"); // nothing is ever sent to it
        app.api().patch(hook.path(), Map.of("url", "https://8.8.4.4:8443/")).expect(200);
        app.api().patch(hook.path(), Map.of("url", "https://10.0.0.1/")).expectProblem(422, "url_not_allowed");
        assertEquals("https://8.8.4.4:8443/", app.state(hook).text("url"));
        app.api().delete(hook.path()).expect(204);
    }

    /** What led outside when it was registered may lead inside by now. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void addressIsJudgedAgainAtEachCall(String host) {
        try (var receiver = Receiver.start()) {
            var hook = new HookedApp.Hook(UUID.randomUUID().toString(), "");
            Sql.on(postern)
                    .change(
                            "insert into webhook_endpoint (id, application_id, url) values (?::uuid, ?, ?)",
                            hook.id(),
                            app.id(),
                            "https://" + host + ":" + receiver.port() + "/");
            app.ping(hook);
            app.awaitCount(hook, 1, "last_error = 'address_not_allowed' and claim is null");
            assertEquals(0, receiver.connections());
            app.api().delete(hook.path()).expect(204);
        }
    }

    /** Plain HTTP is for networks that the operator has named. */
    @Test
    void plainHttpIsRefusedAtTheCallToo() {
        var hook = new HookedApp.Hook(UUID.randomUUID().toString(), "");
        Sql.on(postern)
                .change(
                        "insert into webhook_endpoint (id, application_id, url) values (?::uuid, ?, 'http://8.8.8.8/')",
                        hook.id(),
                        app.id());
        app.ping(hook);
        app.awaitCount(hook, 1, "last_error = 'address_not_allowed' and claim is null");
        app.api().delete(hook.path()).expect(204);
    }
}
