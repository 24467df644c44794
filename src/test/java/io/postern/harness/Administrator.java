package io.postern.harness;

import io.postern.crypto.KeyRing;
import io.postern.crypto.KeyedHash;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An API client that one test has for itself, with what scopes it likes, put into Postgres past the service: mostly in an
 * application of its own, so that the changes of one test touch no other.
 */
public record Administrator(Postern postern, String application, String id, String secret) {

    public static final List<String> ALL_SCOPES = List.of("verify", "enroll", "support", "audit", "admin");

    /** In an application of its own, with all scopes. */
    public static Administrator ofNewApplication(Postern postern) {
        return of(postern, "app-" + UUID.randomUUID(), ALL_SCOPES);
    }

    /** Of Postern's own application, with all scopes. */
    public static Administrator ofConsole(Postern postern) {
        return of(postern, "postern-console", ALL_SCOPES);
    }

    /** In an application that is made where it is missing. */
    public static Administrator of(Postern postern, String application, List<String> scopes) {
        var client =
                new Administrator(postern, application, "client-" + UUID.randomUUID(), "secret-" + UUID.randomUUID());
        var sql = Sql.on(postern);
        sql.change("insert into application (id, name) values (?, ?) on conflict do nothing", application, application);
        sql.change(
                "insert into api_client (id, application_id, scopes) values (?, ?, string_to_array(?, ' '))",
                client.id,
                application,
                String.join(" ", scopes));
        sql.change(
                "insert into client_secret (id, client_id, digest) values (?, ?, ?)",
                UUID.randomUUID(),
                client.id,
                new KeyedHash(new KeyRing(postern.keys().ring())).of("client secret", client.id, client.secret));
        return client;
    }

    /** Calls to a copy, counted from 0, with an access token of now. */
    public Api api(int copy) {
        return Api.at(postern.copy(copy).baseUrl())
                .withToken(token(copy, id, secret).expect(200).text("access_token"));
    }

    /** The same with a token of one scope. */
    public Api api(int copy, String scope) {
        return Api.at(postern.copy(copy).baseUrl())
                .withToken(Api.at(postern.copy(copy).baseUrl())
                        .withBasic(id, secret)
                        .postForm("/oauth2/token", Map.of("grant_type", "client_credentials", "scope", scope))
                        .expect(200)
                        .text("access_token"));
    }

    /** What the token endpoint of a copy says to any client and secret. */
    public Answer token(int copy, String client, String with) {
        return Api.at(postern.copy(copy).baseUrl())
                .withBasic(client, with)
                .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"));
    }

    /** Writes a policy past the service. */
    public void policy(String json) {
        Sql.on(postern).change("update application set policy = ?::jsonb where id = ?", json, application);
    }
}
