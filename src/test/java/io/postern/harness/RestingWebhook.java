package io.postern.harness;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * An endpoint of a person's application that is off, so that it changes nothing for other tests, and a delivery of it. One an
 * application; made again where a test removed it.
 */
record RestingWebhook(String id, String delivery) {

    static RestingWebhook of(Person person) {
        var sql = Sql.on(person.postern());
        var application = sql.texts("select application_id from subject where external_id = ?", person.subject())
                .getFirst();
        var id = id(application, "webhook");
        var delivery = id(application, "delivery");
        sql.change("""
                insert into webhook_endpoint (id, application_id, url, enabled, off_reason, off_at)
                values (?, ?, 'https://192.0.2.1/', false, 'operator', now())
                on conflict (id) do update set removed_at = null
                """, id, application);
        sql.change("""
                insert into webhook_delivery (id, endpoint_id, message, type, state, ended_at)
                values (?, ?, ?, 'ping', 'failed', now()) on conflict (id) do nothing
                """, delivery, id, delivery);
        return new RestingWebhook(id.toString(), delivery.toString());
    }

    private static UUID id(String application, String what) {
        return UUID.nameUUIDFromBytes((what + " of " + application).getBytes(StandardCharsets.UTF_8));
    }
}
