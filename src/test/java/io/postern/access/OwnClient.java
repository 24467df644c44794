package io.postern.access;

import io.postern.crypto.KeyRing;
import io.postern.crypto.KeyedHash;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/**
 * An API client that one test has for itself, put into Postgres as an operator's call will: so that its delays and the end
 * of its secrets touch no other test.
 */
record OwnClient(Postern postern, String id, String secret) {

    static OwnClient of(Postern postern, String application) {
        var client = new OwnClient(postern, "client-" + UUID.randomUUID(), "first-" + UUID.randomUUID());
        Sql.on(postern)
                .change(
                        "insert into api_client (id, application_id, scopes) values (?, ?, '{verify,enroll,support,audit,admin}')",
                        client.id,
                        application);
        client.add(client.secret);
        return client;
    }

    /** One more secret, good at once. */
    void add(String another) {
        Sql.on(postern)
                .change(
                        "insert into client_secret (id, client_id, digest) values (?, ?, ?)",
                        UUID.randomUUID(),
                        id,
                        digest(another));
    }

    /** Ends a secret in so many seconds from now on. */
    void end(String which, int seconds) {
        Sql.on(postern)
                .change(
                        "update client_secret set expires_at = now() + make_interval(secs => ?) where client_id = ? and digest = ?",
                        seconds,
                        id,
                        digest(which));
    }

    Answer token(URI copy, String with) {
        return Api.at(copy).withBasic(id, with).postForm("/oauth2/token", Map.of("grant_type", "client_credentials"));
    }

    private byte[] digest(String of) {
        return new KeyedHash(new KeyRing(postern.keys().ring())).of("client secret", id, of);
    }
}
