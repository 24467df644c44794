package io.postern.importing;

import io.postern.factor.Adoption;
import io.postern.factor.FactorType;
import io.postern.input.Text;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PastOrPresent;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A factor that a person has in another product. Which fields it has follows from its type. */
@Schema(name = "ImportedFactor", additionalProperties = Schema.False.class)
@RegisterForReflection
record ImportedFactor(
        @NotNull FactorType type,

        @Text(max = 64) @Schema(description = "How the person calls it", minLength = 1, maxLength = 64) @Nullable
        String label,

        @Text(max = 256)
        @Schema(description = "With the type `totp`: the secret in Base32, 128 to 512 bits", maxLength = 256)
        @Nullable
        String secret,

        @Schema(description = "With the type `totp`: 6, or left out") @Nullable
        Integer digits,

        @Schema(description = "With the type `totp`: 30, or left out") @Nullable
        Integer period,

        @Text(max = 16) @Schema(description = "With the type `totp`: `SHA1`, or left out", maxLength = 16) @Nullable
        String algorithm,

        @Text(max = 254) @Schema(description = "With the type `email`: where codes go", maxLength = 254) @Nullable
        String address,

        @Text(max = 32)
        @Schema(
                description =
                        "With the type `sms`: where codes go, in international form, to a region that the policy allows",
                maxLength = 32)
        @Nullable
        String phoneNumber,

        @PastOrPresent
        @Schema(
                description =
                        "With the types `email` and `sms`: when the other product saw a code come back. You vouch for those"
                                + " without it.")
        @Nullable
        Instant verifiedAt) {

    @AssertTrue(message = "goes with the type totp, which needs it")
    @Schema(hidden = true)
    boolean isSecret() {
        boolean isTotp = type == FactorType.TOTP;
        return (secret != null) == isTotp && (isTotp || (digits == null && period == null && algorithm == null));
    }

    @AssertTrue(message = "goes with the type email, which needs it")
    @Schema(hidden = true)
    boolean isAddress() {
        return (address != null) == (type == FactorType.EMAIL);
    }

    @AssertTrue(message = "goes with the type sms, which needs it")
    @Schema(hidden = true)
    boolean isPhoneNumber() {
        return (phoneNumber != null) == (type == FactorType.SMS);
    }

    /** From 1970 on: the store has no room for all that a text can say. */
    @AssertTrue(message = "goes with the types email and sms")
    @Schema(hidden = true)
    boolean isVerifiedAt() {
        return verifiedAt == null || (type != FactorType.TOTP && !verifiedAt.isBefore(Instant.EPOCH));
    }

    Adoption adoption() {
        return new Adoption(secret, digits, period, algorithm, address == null ? phoneNumber : address);
    }

    String labelOrDefault() {
        return label == null ? type.label() : label;
    }

    /** Tells nothing. */
    @Override
    public String toString() {
        return "ImportedFactor[…]";
    }
}
