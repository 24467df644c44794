package io.postern.administration;

import io.postern.access.Caller;
import io.postern.application.Scope;
import io.postern.crypto.KeyedHash;
import io.postern.idempotency.Idempotency;
import io.postern.input.IdempotencyKey;
import io.postern.input.OpaqueId;
import io.postern.problem.DocumentedProblems;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The API clients of an application and their secrets. */
@Path("/v1/applications/{application}/clients")
@RunOnVirtualThread
@RolesAllowed(Scope.ADMIN_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ADMIN_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Applications")
final class ClientResource {

    private static final String TRUE_OR_FALSE = "true|false";

    private final ClientCare care;
    private final Idempotency idempotency;
    private final KeyedHash hash;
    private final Caller caller;

    ClientResource(ClientCare care, Idempotency idempotency, KeyedHash hash, Caller caller) {
        this.care = care;
        this.idempotency = idempotency;
        this.hash = hash;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "List API clients",
            description = "With what they may do, and the ids of their secrets.",
            operationId = "listClients")
    @APIResponse(
            responseCode = "200",
            description = "All clients of the application",
            content =
                    @Content(
                            schema = @Schema(implementation = ClientView.All.class),
                            examples = @ExampleObject(name = "one", value = Examples.CLIENTS)))
    public ClientView.All list(@PathParam("application") String application) {
        return care.list(Ids.known(application));
    }

    @POST
    @Operation(
            summary = "Make an API client",
            description =
                    "Its id is drawn; it has no secret yet. It may be given only scopes that the calling client holds itself.",
            operationId = "createClient",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "scope_escalation"))
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content =
                    @Content(
                            schema = @Schema(implementation = ClientView.class),
                            examples = @ExampleObject(name = "made", value = Examples.CLIENT)))
    public Response create(
            @PathParam("application") String application,
            @HeaderParam("Idempotency-Key") @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "front_end", value = Examples.NEW_CLIENT)))
                    @NotNull
                    @Valid
                    NewClient wanted) {
        var id = Ids.known(application);
        var view = idempotency.once(
                call("POST clients of " + id, key, wanted),
                () -> {
                    var made = care.create(id, wanted);
                    return new Idempotency.Made<>(Optional.of(made.id()), made);
                },
                client -> care.get(id, client));
        return Response.status(201).entity(view).build();
    }

    @PATCH
    @Path("/{client}")
    @Operation(
            summary = "Change an API client",
            description =
                    "What is left out stays as it is. Another set of scopes holds for the next access token; those that were given"
                            + " before live on for 10 minutes at most, except that they administer nothing.",
            operationId = "changeClient",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "scope_escalation last_admin"))
    @APIResponse(
            responseCode = "200",
            description = "The client as it is now",
            content =
                    @Content(
                            schema = @Schema(implementation = ClientView.class),
                            examples = @ExampleObject(name = "changed", value = Examples.CLIENT)))
    public ClientView change(
            @PathParam("application") String application,
            @PathParam("client") String client,
            @QueryParam("last_admin") @Pattern(regexp = TRUE_OR_FALSE) @Nullable String lastAdmin,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "scopes", value = Examples.CLIENT_CHANGE)))
                    @NotNull
                    @Valid
                    ClientChange wanted) {
        return care.change(Ids.known(application), Ids.known(client), wanted, Boolean.parseBoolean(lastAdmin));
    }

    @DELETE
    @Path("/{client}")
    @Operation(
            summary = "Delete an API client",
            description =
                    "With its secrets. No copy gives a token for them any more; access tokens that were given before live on for 10"
                            + " minutes at most, except that they administer nothing.",
            operationId = "deleteClient",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "last_admin malformed_request"))
    @APIResponse(responseCode = "204", description = "Deleted")
    public void delete(
            @PathParam("application") String application,
            @PathParam("client") String client,
            @QueryParam("last_admin") @Pattern(regexp = TRUE_OR_FALSE) @Nullable String lastAdmin) {
        care.delete(Ids.known(application), Ids.known(client), Boolean.parseBoolean(lastAdmin));
    }

    @POST
    @Path("/{client}/secrets")
    @Operation(
            summary = "Make a secret",
            description =
                    "256 random bits, shown this once. Two secrets of a client are good at once, so that one can be replaced while"
                            + " both are in use; say when the older one is to end, or delete it afterwards. Only for clients"
                            + " that may do no more than the calling one.",
            operationId = "createClientSecret",
            extensions =
                    @Extension(
                            name = DocumentedProblems.NAMED,
                            value = "too_many_secrets scope_escalation already_done"))
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content =
                    @Content(
                            schema = @Schema(implementation = ClientView.NewSecret.class),
                            examples = @ExampleObject(name = "secret", value = Examples.NEW_SECRET)))
    public Response createSecret(
            @PathParam("application") String application,
            @PathParam("client") String client,
            @HeaderParam("Idempotency-Key") @IdempotencyKey @Nullable String key,
            @RequestBody(
                            content =
                                    @Content(
                                            examples =
                                                    @ExampleObject(name = "rotation", value = Examples.SECRET_ORDER)))
                    @NotNull
                    @Valid
                    SecretOrder order) {
        var id = Ids.known(application);
        var of = Ids.known(client);
        ClientView.NewSecret made = idempotency.once(
                call("POST secrets of " + of + " of " + id, key, order),
                () -> {
                    var secret = care.createSecret(id, of, order);
                    return new Idempotency.Made<>(Optional.of(secret.id()), secret);
                },
                secret -> {
                    throw Problem.of(ProblemCode.ALREADY_DONE);
                });
        return Response.status(201)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(made)
                .build();
    }

    @DELETE
    @Path("/{client}/secrets/{secret}")
    @Operation(
            summary = "Delete a secret",
            description =
                    "No copy gives a token for it any more; access tokens that were given before live on for 10 minutes at most.",
            operationId = "deleteClientSecret",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "last_admin malformed_request"))
    @APIResponse(responseCode = "204", description = "Deleted")
    public void deleteSecret(
            @PathParam("application") String application,
            @PathParam("client") String client,
            @PathParam("secret") String secret,
            @QueryParam("last_admin") @Pattern(regexp = TRUE_OR_FALSE) @Nullable String lastAdmin) {
        care.deleteSecret(
                Ids.known(application), Ids.known(client), OpaqueId.known(secret), Boolean.parseBoolean(lastAdmin));
    }

    private Idempotency.Call call(String path, @Nullable String key, Object body) {
        return new Idempotency.Call(hash.tag("administration", caller.home()), caller.client(), path, key, body);
    }
}
