package io.postern.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.crypto.KeyRing;
import io.postern.crypto.KeyedHash;
import io.postern.embedded.Await;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The audit trail of an application that one test has for itself. Rows are written as the service writes them, by SQL. */
final class Trail {

    static final Duration DEADLINE = Duration.ofSeconds(45);

    private final Postern postern;
    private final Sql sql;
    private final String application = "trail-" + UUID.randomUUID();
    private final String client = "client-" + UUID.randomUUID();
    private final String secret = "secret-" + UUID.randomUUID();
    private final String token;

    Trail(Postern postern, URI copy) {
        this.postern = postern;
        this.sql = Sql.on(postern);
        sql.change("insert into application (id, name) values (?, 'Trail')", application);
        sql.change(
                "insert into api_client (id, application_id, scopes) values (?, ?, '{verify,enroll,audit}')",
                client,
                application);
        sql.change(
                "insert into client_secret (id, client_id, digest) values (?, ?, ?)",
                UUID.randomUUID(),
                client,
                hash(postern).of("client secret", client, secret));
        token = Api.at(copy)
                .withBasic(client, secret)
                .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"))
                .expect(200)
                .text("access_token");
    }

    Trail(Postern postern) {
        this(postern, postern.first());
    }

    static KeyedHash hash(Postern postern) {
        return new KeyedHash(new KeyRing(postern.keys().ring()));
    }

    static Seals seals(Postern postern) {
        return new Seals(hash(postern), new SecureRandom());
    }

    /** Connections as the service has them; each is preceded by that. */
    static DataSource source(Postern postern, Runnable before) {
        var source = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                before.run();
                return super.getConnection();
            }
        };
        source.setURL(postern.postgres().url());
        source.setUser(postern.postgres().username());
        source.setPassword(postern.postgres().password());
        return source;
    }

    String application() {
        return application;
    }

    String token() {
        return token;
    }

    /** Calls of a client of the application with the scopes verify, enroll and audit. */
    Api api(URI copy) {
        return Api.at(copy).withToken(token);
    }

    Api api() {
        return api(postern.first());
    }

    /** Rows about nobody, with an address, a browser and a reason. */
    Trail with(int rows) {
        return with(rows, "Case ");
    }

    /** Rows whose reasons begin so. */
    Trail with(int rows, String reason) {
        sql.change("""
                insert into audit_event (application_id, type, client_id, ip, user_agent, actor, reason, details)
                select ?, 'code_refused', ?, '192.0.2.' || n % 250, 'Browser', 'alice', ? || n, '{"b": 1, "a": [2]}'
                from generate_series(1, ?) n
                """, application, client, reason, rows);
        return this;
    }

    /** Waits until no row of the application waits for its seal. */
    Trail sealed() {
        Await.until(DEADLINE, "sealed", () -> count("sequence is null") == 0);
        return this;
    }

    long count(String condition) {
        return sql.number("select count(*) from audit_event where application_id = ? and " + condition, application);
    }

    /** Changes rows of the application, past the service. */
    int change(String statement, Object... more) {
        var values = new ArrayList<Object>(List.of(application));
        values.addAll(List.of(more));
        return sql.change(statement, values.toArray());
    }

    JsonNode verify() {
        return verify(Map.of());
    }

    JsonNode verify(Map<String, ?> body) {
        return api().post("/v1/audit-events/verify", body).expect(200).json();
    }

    Answer search(String query) {
        return api().get("/v1/audit-events" + query);
    }

    /** Sequences of all pages, in their order. */
    List<Long> pages(String query) {
        var sequences = new ArrayList<Long>();
        var cursor = "";
        do {
            var page = search("?" + query + cursor).expect(200).json();
            page.path("events")
                    .forEach(event -> sequences.add(event.path("sequence").longValue()));
            cursor = page.has("next") ? "&cursor=" + page.path("next").textValue() : "";
        } while (!cursor.isEmpty());
        return sequences;
    }
}
