package io.postern.administration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to become of a client's older secret when another is made. */
@Schema(name = "SecretOrder", additionalProperties = Schema.False.class)
record SecretOrder(
        @Min(0)
        @Max(LONGEST)
        @Schema(
                description =
                        "Seconds that the older secret is still good, at most 30 days; it is good until it is deleted where left"
                                + " out",
                minimum = "0",
                maximum = "2592000")
        @Nullable
        Integer olderExpiresIn) {

    private static final int LONGEST = 30 * 24 * 3_600;
}
