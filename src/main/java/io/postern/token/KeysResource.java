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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys of verification tokens, and of nothing else (RULES A3). */
@Path("/.well-known/jwks.json")
@Tag(name = "Tokens")
final class KeysResource {

    /** Seconds that a copy of the key set may be used: how long a new key must be published before it signs. */
    private static final String CACHE = "public, max-age=300";

    private final String keys;

    KeysResource(VerificationTokens tokens) {
        keys = tokens.publicKeys();
    }

    @GET
    @PermitAll
    @NonBlocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The public keys of verification tokens (RFC 7517)", operationId = "jwks")
    public Response keys() {
        return Response.ok(keys).header(HttpHeaders.CACHE_CONTROL, CACHE).build();
    }
}
