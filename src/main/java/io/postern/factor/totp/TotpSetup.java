package io.postern.factor.totp;

import io.postern.factor.Setup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an authenticator app needs, as a key to type, as a link and as a QR code of that link. Shown this once. */
@Schema(name = "TotpSetup", description = "Absent when an idempotency key gives the factor again")
@RegisterForReflection
public record TotpSetup(
        @Schema(description = "The key to type, in Base32 (RFC 4648 section 6)")
        String secret,

        @Schema(description = "The link that the QR code holds; opens the app on the same phone")
        String otpauthUri,

        @Schema(description = "The QR code as an SVG document")
        String qrSvg)
        implements Setup {

    /** Tells nothing, so that no log can. */
    @Override
    public String toString() {
        return "TotpSetup[…]";
    }
}
