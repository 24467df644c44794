package io.postern.access;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.postern.application.ApiClient;
import io.postern.application.Applications;
import io.postern.application.Scope;
import io.postern.problem.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The token endpoint: client credentials against an access token (RFC 6749 sections 3.2 and 4.4). */
@Path("/oauth2/token")
@Tag(name = "Access")
final class TokenResource {

    private final ClientAuthentication authentication;
    private final Applications applications;
    private final AccessTokens tokens;

    TokenResource(ClientAuthentication authentication, Applications applications, AccessTokens tokens) {
        this.authentication = authentication;
        this.applications = applications;
        this.tokens = tokens;
    }

    // Any media type is taken, so that a wrong one is answered in this endpoint's own form.
    @POST
    @PermitAll
    @RunOnVirtualThread
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Get an access token", operationId = "token")
    public Response token(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            HttpServerRequest request,
            @Nullable String body) {
        var credentials = ClientCredentials.of(authorization);
        var form = form(contentType, body);
        try {
            var source = request.remoteAddress().hostAddress();
            var client = authentication
                    .authenticate(credentials, source)
                    .filter(known -> applications.isActive(known.application())) // a good secret may be remembered
                    .orElseThrow(TokenError::invalidClient);
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
        } catch (Problem problem) {
            throw TokenError.of(problem);
        }
    }

    @ServerExceptionMapper
    Response map(TokenError error) {
        var response = answer(error.status).entity(Map.of("error", error.error));
        if (error.retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, error.retryAfter.toSeconds());
        }
        if (error.status == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"postern\", charset=\"UTF-8\"");
        }
        return response.build();
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
    @RegisterForReflection
    record AccessToken(String accessToken, String tokenType, long expiresIn, String scope) {}
}
