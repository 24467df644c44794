package io.postern.access;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.postern.application.ApiClient;
import io.postern.application.Scope;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The token endpoint: client credentials against an access token (RFC 6749 sections 3.2 and 4.4). */
@Path(TokenResource.PATH)
@Tag(name = "Access")
final class TokenResource {

    static final String PATH = "/oauth2/token";

    private final ClientAuthentication authentication;
    private final AccessTokens tokens;
    private final Event<SecurityEvent> events;

    TokenResource(ClientAuthentication authentication, AccessTokens tokens, Event<SecurityEvent> events) {
        this.authentication = authentication;
        this.tokens = tokens;
        this.events = events;
    }

    // Any media type is taken, so that a wrong one is answered in this endpoint's own form.
    @POST
    @PermitAll
    @RunOnVirtualThread
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @SecurityRequirement(name = "client")
    @Operation(
            summary = "Get an access token",
            description =
                    "Client credentials (RFC 6749 section 4.4) against a token of 10 minutes. Keep it until shortly before"
                            + " its end; do not fetch one for each call.",
            operationId = "getAccessToken")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            requiredProperties = "grant_type",
                                            properties = {
                                                @SchemaProperty(
                                                        name = "grant_type",
                                                        type = SchemaType.STRING,
                                                        enumeration = "client_credentials"),
                                                @SchemaProperty(
                                                        name = "scope",
                                                        type = SchemaType.STRING,
                                                        description =
                                                                "Scopes separated by spaces; all that the client has"
                                                                        + " where left out")
                                            }),
                            examples = {
                                @ExampleObject(name = "all_scopes", value = Examples.ALL_SCOPES),
                                @ExampleObject(name = "one_scope", value = Examples.ONE_SCOPE)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "The token",
            content =
                    @Content(
                            schema = @Schema(implementation = AccessToken.class),
                            examples = @ExampleObject(name = "token", value = Examples.TOKEN)))
    public Response token(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Parameter(hidden = true) HttpServerRequest request,
            @Parameter(hidden = true) @Nullable String body) {
        var credentials = ClientCredentials.of(authorization);
        var form = form(contentType, body);
        var source = request.remoteAddress().hostAddress();
        var client = authentication.authenticate(credentials, source).orElseThrow(this::refuse);
        if (!"client_credentials".equals(form.get("grant_type"))) {
            throw form.containsKey("grant_type") ? TokenError.unsupportedGrantType() : TokenError.invalidRequest();
        }
        var scopes = scopes(client, form.get("scope"));
        return answer(200)
                .entity(new AccessToken(
                        tokens.issue(client, scopes),
                        "Bearer",
                        AccessTokens.LIFE.toSeconds(),
                        AccessTokens.text(scopes)))
                .build();
    }

    @ServerExceptionMapper
    Response map(TokenError error) {
        var response = answer(error.status).entity(new Refusal(error.error));
        if (error.status == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"postern\", charset=\"UTF-8\"");
        }
        return response.build();
    }

    /** Whose application it would be is not known of a client that was refused. */
    private TokenError refuse() {
        events.fire(new SecurityEvent.ClientRefused(new About("unknown", null, null, null, null, null)));
        return TokenError.invalidClient();
    }

    private static Response.ResponseBuilder answer(int status) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache");
    }

    /** The form's fields; none may come twice, and one without a value is as if it were not there (RFC 6749 section 3.2). */
    private static Map<String, @Nullable String> form(@Nullable String contentType, @Nullable String body) {
        if (body == null || !isForm(contentType)) {
            throw TokenError.invalidRequest();
        }
        Map<String, List<String>> fields;
        try {
            fields = new QueryStringDecoder(body, false).parameters();
        } catch (IllegalArgumentException e) {
            throw TokenError.invalidRequest();
        }
        var form = new HashMap<String, @Nullable String>();
        fields.forEach((name, values) -> {
            if (values.size() > 1) {
                throw TokenError.invalidRequest();
            }
            if (!values.getFirst().isEmpty()) {
                form.put(name, values.getFirst());
            }
        });
        return form;
    }

    private static boolean isForm(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().equalsIgnoreCase(MediaType.APPLICATION_FORM_URLENCODED);
    }

    /** What was asked for, or all that the client has (RFC 6749 section 3.3). */
    private static Set<Scope> scopes(ApiClient client, @Nullable String asked) {
        if (asked == null || asked.isBlank()) {
            return client.scopes();
        }
        var scopes = EnumSet.noneOf(Scope.class);
        for (var id : asked.strip().split(" +", -1)) {
            scopes.add(Scope.of(id).filter(client.scopes()::contains).orElseThrow(TokenError::invalidScope));
        }
        return scopes;
    }

    /** RFC 6749 section 5.1. */
    @Schema(
            name = "AccessToken",
            requiredProperties = {"access_token", "token_type", "expires_in", "scope"})
    @RegisterForReflection
    record AccessToken(String accessToken, String tokenType, long expiresIn, String scope) {}

    /** RFC 6749 section 5.2. */
    @Schema(name = "TokenRefusal", requiredProperties = "error")
    @RegisterForReflection
    record Refusal(String error) {}
}
