package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A computer that a person's sign-ins are not asked for a code on.
 *
 * @param ip where it was last used from
 */
public record Device(String id, String name, Optional<String> ip, Instant lastUsedAt, Instant rememberedUntil) {

    static List<Device> listOf(JsonNode json) {
        return StreamSupport.stream(json.path("devices").spliterator(), false)
                .map(Reply::new)
                .map(device -> new Device(
                        device.text("id"),
                        device.text("name"),
                        device.optionalText("ip"),
                        device.instant("last_used_at"),
                        device.instant("remembered_until")))
                .toList();
    }
}
