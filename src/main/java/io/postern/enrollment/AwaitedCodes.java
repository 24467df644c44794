package io.postern.enrollment;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is held of codes that the help desk wants for a person and somebody else there has not approved yet. */
public interface AwaitedCodes {

    /** All that there are rows of. Belongs to a transaction. */
    List<AwaitedCode> awaited(long subject);

    /** One of them. */
    @Schema(
            name = "AwaitedCode",
            requiredProperties = {"actor", "minutes", "expires_at"})
    @RegisterForReflection
    record AwaitedCode(
            @Schema(description = "Who at the help desk asked for it")
            String actor,

            @Schema(description = "How long it is to be good")
            int minutes,

            @Schema(description = "Until when it can be approved")
            Instant expiresAt) {}
}
