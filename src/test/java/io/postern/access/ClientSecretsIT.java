package io.postern.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.ExtraCopies;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** RULES I1: secrets overlap, end and stay ended. */
final class ClientSecretsIT {

    private final Postern postern = Postern.shared();
    private final Sql sql = Sql.on(postern);

    @Test
    void severalSecretsAreGoodAtOnceUntilEachEnds() {
        var client = OwnClient.of(postern, "demo-admin");
        var second = "second-" + UUID.randomUUID();
        client.token(postern.first(), second).expect(401);

        client.add(second);
        client.token(postern.first(), client.secret()).expect(200);
        client.token(postern.first(), second).expect(200);

        // The other copy has not remembered the first secret.
        client.end(client.secret(), -1);
        client.token(postern.second(), client.secret()).expect(401);
        client.token(postern.second(), second).expect(200);
    }

    @Test
    void secretIsGoodUntilItsEnd() {
        var client = OwnClient.of(postern, "demo-admin");
        client.end(client.secret(), 3_600);
        client.token(postern.first(), client.secret()).expect(200);
    }

    @Test
    void secretOfAnotherClientIsWrong() {
        var client = OwnClient.of(postern, "demo-admin");
        var another = OwnClient.of(postern, "demo-admin");
        client.token(postern.first(), another.secret()).expect(401);
        client.token(postern.first(), SeededClient.DEMO_ADMIN.secret()).expect(401);
    }

    /** All copies of every set start at once, so this is what their race has left. */
    @Test
    void copiesThatStartTogetherMakeOneOfEach() {
        assertEquals(2, sql.number("select count(*) from application where id in (?, ?)", "demo-admin", "other-admin"));
        for (var client : SeededClient.ALL) {
            assertEquals(1, sql.number("select count(*) from api_client where id = ?", client.id()));
            assertEquals(1, sql.number("select count(*) from client_secret where client_id = ?", client.id()));
        }
    }

    @Test
    void revokedSecretDoesNotComeBackWithARestart() {
        var id = "late-" + UUID.randomUUID();
        try (var copies = ExtraCopies.beside(postern)) {
            var one = copies.launch(seed(id, "first-secret", "verify"));
            var two = copies.launch(seed(id, "first-secret", "verify"));
            one.awaitReady();
            two.awaitReady();
            assertEquals(1, sql.number("select count(*) from api_client where id = ?", id));
            assertEquals(1, sql.number("select count(*) from client_secret where client_id = ?", id));
            expect(200, one.baseUrl(), id, "first-secret");
            expect(200, two.baseUrl(), id, "first-secret");

            sql.change("delete from client_secret where client_id = ?", id);
            one.terminate();
            var again = copies.start(seed(id, "first-secret", "verify,enroll"));

            expect(401, again.baseUrl(), id, "first-secret");
            assertEquals(
                    "{verify}",
                    sql.texts("select scopes from api_client where id = ?", id).getFirst());
        } finally {
            sql.change("delete from api_client where id = ?", id);
        }
    }

    private static Map<String, String> seed(String id, String secret, String scopes) {
        var prefix = "POSTERN_BOOTSTRAP_" + SeededClient.ALL.size() + "__";
        return Map.of(
                prefix + "APPLICATION",
                "demo-admin",
                prefix + "NAME",
                "Another name",
                prefix + "CLIENT",
                id,
                prefix + "SECRET",
                secret,
                prefix + "SCOPES",
                scopes);
    }

    private static void expect(int status, URI copy, String id, String secret) {
        Api.at(copy)
                .withBasic(id, secret)
                .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"))
                .expect(status);
    }
}
