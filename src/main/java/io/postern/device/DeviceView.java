package io.postern.device;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A remembered computer as it may be shown at any time: nothing secret. */
@Schema(
        name = "Device",
        requiredProperties = {"id", "name", "created_at", "proven_at", "last_used_at", "remembered_until"})
@RegisterForReflection
public record DeviceView(
        UUID id,

        @Schema(description = "After browser and system, until the person finds a better one")
        String name,

        @Schema(description = "The address that it was last used from; absent where none was given") @Nullable
        String ip,

        @Schema(description = "Since when it is remembered") Instant createdAt,

        @Schema(description = "When a second factor was last proven on it")
        Instant provenAt,

        @Schema(description = "When it last signed in") Instant lastUsedAt,

        @Schema(description = "Until then, and no longer") Instant rememberedUntil) {

    /** Characters of a name. */
    public static final int MOST_NAME = 64;

    static DeviceView of(Device device, Instant end) {
        return new DeviceView(
                device.id, device.name, device.ip, device.createdAt, device.provenAt, device.lastUsedAt, end);
    }
}
