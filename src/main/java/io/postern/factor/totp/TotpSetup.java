package io.postern.factor.totp;

import io.postern.factor.Setup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an authenticator app needs, as a key to type, as a link and as a QR code of that link. Shown this once. */
@Schema(name = "TotpSetup")
@RegisterForReflection
public record TotpSetup(
        @Schema(description = "Base32 (RFC 4648 section 6)", examples = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        String secret,

        @Schema(examples = "otpauth://totp/Demo%20admin:owner?secret=JBSWY3DP&issuer=Demo%20admin")
        String otpauthUri,

        @Schema(description = "An SVG document", examples = "<svg xmlns=\"http://www.w3.org/2000/svg\"…")
        String qrSvg)
        implements Setup {

    /** Tells nothing, so that no log can. */
    @Override
    public String toString() {
        return "TotpSetup[…]";
    }
}
