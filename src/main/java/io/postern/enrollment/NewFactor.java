package io.postern.enrollment;

import io.postern.factor.FactorType;
import io.postern.input.IpAddress;
import io.postern.input.Text;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What begins an enrollment. */
@Schema(name = "NewFactor", additionalProperties = Schema.False.class)
record NewFactor(
        @NotNull FactorType type,

        @Text(max = 64) @Schema(description = "How the person calls it", minLength = 1, maxLength = 64) @Nullable
        String label,

        @Text(max = 254)
        @Schema(description = "With the type `email`: where codes go", minLength = 3, maxLength = 254)
        @Nullable
        String address,

        @Text(max = 32)
        @Schema(
                description = "With the type `sms`: where codes go, in international form",
                minLength = 6,
                maxLength = 32)
        @Nullable
        String phoneNumber,

        @IpAddress @Schema(description = "The person's IPv4 or IPv6 address: messages are rationed by it too") @Nullable
        String ip) {

    @AssertTrue(message = "address goes with the type email, which needs it")
    @Schema(hidden = true)
    boolean isTypeOfAddress() {
        return (address != null) == (type == FactorType.EMAIL);
    }

    @AssertTrue(message = "phone_number goes with the type sms, which needs it")
    @Schema(hidden = true)
    boolean isTypeOfNumber() {
        return (phoneNumber != null) == (type == FactorType.SMS);
    }

    @AssertTrue(message = "recovery codes come with the first factor, and a bypass code from the help desk")
    @Schema(hidden = true)
    boolean isTypeToBegin() {
        return type == null || !type.isFallback();
    }

    /** Where codes are to go, as the person wrote it. */
    @Nullable
    String destination() {
        return address == null ? phoneNumber : address;
    }

    String labelOrDefault() {
        return label == null ? type.label() : label;
    }
}
