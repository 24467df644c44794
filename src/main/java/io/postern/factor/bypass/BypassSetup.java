package io.postern.factor.bypass;

import io.postern.factor.Setup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The code, in clear, shown this once. */
@Schema(
        name = "BypassCodeShown",
        description = "Absent while it awaits approval, and when an idempotency key repeats the call")
@RegisterForReflection
public record BypassSetup(
        @Schema(description = "For the person, who types it as the code of the factor `bypass_code`; shown this once")
        String code)
        implements Setup {

    /** Tells no code. */
    @Override
    public String toString() {
        return "BypassSetup[…]";
    }
}
