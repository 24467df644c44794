package io.postern.harness;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * An API client of a person's application that nobody uses, with a secret that no text has. One an application; made again
 * where a test removed it.
 */
record RestingClient(String application, String client, String secret) {

    static RestingClient of(Person person) {
        var sql = Sql.on(person.postern());
        var application = sql.texts("select application_id from subject where external_id = ?", person.subject())
                .getFirst();
        var client = "resting-" + application;
        var secret = UUID.nameUUIDFromBytes(client.getBytes(StandardCharsets.UTF_8));
        sql.change(
                "insert into api_client (id, application_id, scopes) values (?, ?, '{audit}') on conflict do nothing",
                client,
                application);
        sql.change(
                "insert into client_secret (id, client_id, digest) values (?, ?, ?) on conflict do nothing",
                secret,
                client,
                new byte[32]);
        return new RestingClient(application, client, secret.toString());
    }

    Map<String, String> ids() {
        return Map.of("application", application, "client", client, "secret", secret);
    }
}
