package io.postern.challenge;

import io.postern.device.Remembered;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a computer that is remembered gets to keep. */
@Schema(name = "RememberedComputer")
@RegisterForReflection
record RememberedView(
        @Schema(description = "When the computer is remembered: its id in the list of the person's devices")
        UUID device,

        @Schema(
                description =
                        "When the computer is remembered: for its next sign-in, in a cookie of this person alone. It takes the"
                                + " place of the one before")
        String deviceToken,

        @Schema(description = "When the computer is remembered: until then, and no longer")
        Instant rememberedUntil) {

    static RememberedView of(Remembered remembered) {
        return new RememberedView(remembered.device(), remembered.token(), remembered.until());
    }

    /** Tells no token. */
    @Override
    public String toString() {
        return "RememberedView[" + device + "]";
    }
}
