package io.postern.factor.recovery;

import io.postern.factor.Setup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The codes, in clear, shown this once. */
@Schema(
        name = "RecoveryCodes",
        description = "Absent with a factor that is not the first, and when an idempotency key repeats the call")
@RegisterForReflection
public record RecoverySetup(
        @Schema(description = "Ten codes, each good once; shown this once", minItems = 10, maxItems = 10)
        List<String> recoveryCodes)
        implements Setup {

    /** Tells no code. */
    @Override
    public String toString() {
        return "RecoverySetup[…]";
    }
}
