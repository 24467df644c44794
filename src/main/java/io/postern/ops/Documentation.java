package io.postern.ops;

import io.postern.application.Scope;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.OAuthFlow;
import org.eclipse.microprofile.openapi.annotations.security.OAuthFlows;
import org.eclipse.microprofile.openapi.annotations.security.OAuthScope;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.servers.Server;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the OpenAPI document says of the whole. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Postern",
                        version = "1",
                        description = Documentation.DESCRIPTION,
                        license = @License(name = "Apache-2.0", identifier = "Apache-2.0")),
        servers = @Server(url = "/", description = "Where this document was read"),
        tags = {
            @Tag(name = "Access", description = "Access tokens for API clients (RFC 6749, client credentials)."),
            @Tag(
                    name = "Subjects",
                    description = "People as the application knows them, by its own immutable user ids."),
            @Tag(name = "Factors", description = "A subject's means of proof: enroll, list, change, remove."),
            @Tag(name = "Challenges", description = "One attempt to pass the second step each."),
            @Tag(
                    name = "Help desk",
                    description =
                            "What is done for a person who cannot help themselves: without a proof, with an actor and a reason."),
            @Tag(
                    name = "Webhooks",
                    description =
                            "Where events are told, signed after Standard Webhooks. At least once each, in no order."),
            @Tag(name = "Audit", description = "What happened: an application's trail, sealed in a chain."),
            @Tag(name = "Policy", description = "The application's rules: read, replace, try on somebody."),
            @Tag(
                    name = "Applications",
                    description =
                            "Applications, their API clients and the clients' secrets. Operators and clients of `postern-console` look after"
                                    + " all applications, others after their own."),
            @Tag(
                    name = "Imports",
                    description = "People and factors of another product move here, line by line of a file."),
            @Tag(
                    name = "Operators",
                    description = "The people who run Postern: how they sign in, and who looks after whom."),
            @Tag(name = "Keys", description = "What verification tokens are checked with.")
        },
        components =
                @Components(
                        headers =
                                @Header(
                                        name = "Retry-After",
                                        description = "Seconds to wait before the call is repeated",
                                        schema = @Schema(type = SchemaType.INTEGER))))
@SecurityScheme(
        securitySchemeName = "oauth2",
        type = SecuritySchemeType.OAUTH2,
        description = "An access token of 10 minutes, sent as `Authorization: Bearer`.",
        flows =
                @OAuthFlows(
                        clientCredentials =
                                @OAuthFlow(
                                        tokenUrl = "/oauth2/token",
                                        scopes = {
                                            @OAuthScope(name = Scope.VERIFY_ID, description = "Challenges"),
                                            @OAuthScope(
                                                    name = Scope.ENROLL_ID,
                                                    description = "Subjects and their factors"),
                                            @OAuthScope(
                                                    name = Scope.SUPPORT_ID,
                                                    description = "What the help desk does for a person"),
                                            @OAuthScope(
                                                    name = Scope.ADMIN_ID,
                                                    description =
                                                            "Policy, applications and API clients, webhooks, imports"),
                                            @OAuthScope(name = Scope.AUDIT_ID, description = "The audit trail")
                                        })))
@SecurityScheme(
        securitySchemeName = "client",
        type = SecuritySchemeType.HTTP,
        scheme = "basic",
        description =
                "Id and secret of an API client, each form-encoded before they are joined (RFC 6749 section 2.3.1).")
@SecurityScheme(
        securitySchemeName = "operator",
        type = SecuritySchemeType.HTTP,
        scheme = "basic",
        description = "Name and password of an operator (RFC 7617, UTF-8), at the one path where they sign in.")
public final class Documentation extends Application {

    static final String DESCRIPTION = """
            The second step of a sign-in: a front end checks a password, Postern proves that the person also holds a second \
            factor, and says so in a signed verification token.

            JSON in and out; members that are not named here are refused. Times are RFC 3339 in UTC, ids are opaque. An id \
            of another application answers the same 404 as one that does not exist. Errors are RFC 9457 problems whose \
            `code` never changes once published; the token endpoint answers in the form of RFC 6749 instead. `Retry-After` \
            comes with every 429 and 503. Every answer names its request in `X-Request-Id`: the caller's own, if it has 16 to 64 \
            letters, digits, `.`, `_` or `-`.""";
}
