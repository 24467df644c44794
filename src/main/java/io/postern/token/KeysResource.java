package io.postern.token;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys of verification tokens, and of nothing else (RULES A3). */
@Path("/.well-known/jwks.json")
@Tag(name = "Keys")
final class KeysResource {

    /** Seconds that a copy of the key set may be used: how long a new key must be published before it signs. */
    private static final String CACHE = "public, max-age=300";

    private static final String EXAMPLE = """
            {
              "keys": [
                {
                  "kty": "EC",
                  "kid": "verification-1",
                  "use": "sig",
                  "alg": "ES256",
                  "crv": "P-256",
                  "x": "Tc23NXURXiLZSGtsO01Y8bzr248qVHJGQJv2npTfI-U",
                  "y": "6Gsv-CSmIdJKN0uKjmTVB_ZPYsBfIuMy99xxRvh8G74"
                }
              ]
            }""";

    private final String keys;

    KeysResource(VerificationTokens tokens) {
        keys = tokens.publicKeys();
    }

    @GET
    @PermitAll
    @NonBlocking
    @Produces(MediaType.APPLICATION_JSON)
    @SecurityRequirements
    @Operation(
            summary = "The public keys of verification tokens",
            description =
                    "A JWK set (RFC 7517). Keep it for five minutes, and fetch it anew when a token names a `kid` that is"
                            + " not in it. The keys of access tokens are not in it.",
            operationId = "getKeys")
    @APIResponse(
            responseCode = "200",
            description = "The keys",
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            requiredProperties = "keys",
                                            properties =
                                                    @SchemaProperty(
                                                            name = "keys",
                                                            type = SchemaType.ARRAY,
                                                            implementation = Object.class)),
                            examples = @ExampleObject(name = "one", value = EXAMPLE)))
    public Response keys() {
        return Response.ok(keys).header(HttpHeaders.CACHE_CONTROL, CACHE).build();
    }
}
