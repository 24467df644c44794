package io.postern.webhook;

import io.postern.access.Caller;
import io.postern.access.OperatorToken;
import io.postern.application.Scope;
import io.postern.crypto.KeyedHash;
import io.postern.idempotency.Idempotency;
import io.postern.input.IdempotencyKey;
import io.postern.input.OpaqueId;
import io.postern.problem.DocumentedProblems;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** An application's webhook endpoints, their secrets and their deliveries. */
@Path("/v1/webhooks")
@RunOnVirtualThread
@RolesAllowed(Scope.ADMIN_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ADMIN_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
final class WebhookResource {

    private static final String KEY = "Idempotency-Key";
    private static final String NUMBER_TO_100 = "[1-9]\\d?|100";
    private static final int USUAL_PAGE = 50;

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Idempotency idempotency;
    private final KeyedHash hash;
    private final Caller caller;

    WebhookResource(Webhooks webhooks, Deliveries deliveries, Idempotency idempotency, KeyedHash hash, Caller caller) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.idempotency = idempotency;
        this.hash = hash;
        this.caller = caller;
    }

    @POST
    @Operation(
            summary = "Add a webhook endpoint",
            description =
                    "Events from now on are told to it, signed with the `secret`, which is shown this once. At most 10 an"
                            + " application.",
            operationId = "addWebhook",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "url_not_allowed too_many_webhooks"))
    @APIResponse(
            responseCode = "201",
            description = "Added",
            content =
                    @Content(
                            schema = @Schema(implementation = WebhookView.class),
                            examples = @ExampleObject(name = "added", value = Examples.ADDED)))
    public Response add(
            @HeaderParam(KEY) @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "filtered", value = Examples.NEW)))
                    @NotNull
                    @Valid
                    NewWebhook wanted) {
        var made =
                once("POST webhooks", key, wanted, () -> webhooks.add(owner(), wanted), WebhookView::id, this::webhook);
        return secretly(made);
    }

    @GET
    @Operation(
            summary = "List the webhook endpoints",
            description = "The oldest first, without their secrets.",
            operationId = "listWebhooks")
    @APIResponse(
            responseCode = "200",
            description = "The endpoints",
            content =
                    @Content(
                            schema = @Schema(implementation = All.class),
                            examples = @ExampleObject(name = "one", value = Examples.WEBHOOKS)))
    public All list() {
        return new All(webhooks.list(caller.administered()));
    }

    @GET
    @Path("/{webhook}")
    @Operation(
            summary = "Read a webhook endpoint",
            description = "Whether it is on, since when it fails, and which secrets sign.",
            operationId = "getWebhook")
    @APIResponse(
            responseCode = "200",
            description = "The endpoint",
            content =
                    @Content(
                            schema = @Schema(implementation = WebhookView.class),
                            examples = @ExampleObject(name = "on", value = Examples.WEBHOOK)))
    public WebhookView get(@PathParam("webhook") String webhook) {
        return webhook(OpaqueId.known(webhook));
    }

    @PATCH
    @Path("/{webhook}")
    @Operation(
            summary = "Change a webhook endpoint, or switch it off and on",
            description =
                    "What is left out stays as it is. While it is off nothing new is told, and what waits is held for up to"
                            + " three days; switched on, it goes out.",
            operationId = "changeWebhook",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "url_not_allowed"))
    @APIResponse(
            responseCode = "200",
            description = "Changed",
            content =
                    @Content(
                            schema = @Schema(implementation = WebhookView.class),
                            examples = @ExampleObject(name = "on", value = Examples.WEBHOOK)))
    public WebhookView change(
            @PathParam("webhook") String webhook,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "moved", value = Examples.CHANGE)))
                    @NotNull
                    @Valid
                    WebhookChange wanted) {
        return webhooks.change(owner(), OpaqueId.known(webhook), wanted);
    }

    @DELETE
    @Path("/{webhook}")
    @Operation(
            summary = "Remove a webhook endpoint",
            description = "Nothing more is sent to it; its secrets and deliveries go.",
            operationId = "removeWebhook")
    @APIResponse(responseCode = "204", description = "Removed")
    public void remove(@PathParam("webhook") String webhook) {
        webhooks.remove(owner(), OpaqueId.known(webhook));
    }

    @POST
    @Path("/{webhook}/secrets")
    @Operation(
            summary = "Make a new secret",
            description =
                    "It signs from now on and is shown this once. The one before it signs too until its end, so that the"
                            + " receiver can change over in between; a third one ends at once.",
            operationId = "rotateWebhookSecret")
    @APIResponse(
            responseCode = "201",
            description = "Both sign",
            content =
                    @Content(
                            schema = @Schema(implementation = WebhookView.class),
                            examples = @ExampleObject(name = "both", value = Examples.ROTATED)))
    public Response rotate(
            @PathParam("webhook") String webhook,
            @HeaderParam(KEY) @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "day", value = Examples.ROTATION)))
                    @NotNull
                    @Valid
                    Rotation rotation) {
        var id = OpaqueId.known(webhook);
        var made = once(
                "POST secrets of " + id,
                key,
                rotation,
                () -> webhooks.rotate(owner(), id, rotation),
                WebhookView::id,
                this::webhook);
        return secretly(made);
    }

    @POST
    @Path("/{webhook}/ping")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Send a test event",
            description = "Of the type `ping`, whatever the filter says; the delivery shows what came of it.",
            operationId = "pingWebhook",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "webhook_disabled"))
    @APIResponse(
            responseCode = "202",
            description = "It goes out",
            content =
                    @Content(
                            schema = @Schema(implementation = DeliveryView.class),
                            examples = @ExampleObject(name = "waiting", value = Examples.WAITING)))
    public Response ping(@PathParam("webhook") String webhook, @HeaderParam(KEY) @IdempotencyKey @Nullable String key) {
        var id = OpaqueId.known(webhook);
        return accepted(id, "POST ping of " + id, key, () -> deliveries.ping(caller.administered(), id));
    }

    @GET
    @Path("/{webhook}/deliveries")
    @Operation(
            summary = "List what was told to a webhook endpoint",
            description =
                    "The newest first, what waits too. Kept for 7 days after a delivery, 30 days after a failure.",
            operationId = "listWebhookDeliveries",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "malformed_request"))
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content =
                    @Content(
                            schema = @Schema(implementation = DeliveryView.Page.class),
                            examples = @ExampleObject(name = "delivered", value = Examples.PAGE)))
    public DeliveryView.Page deliveries(
            @PathParam("webhook") String webhook,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100"))
                    @QueryParam("limit")
                    @Pattern(regexp = NUMBER_TO_100, message = "must be a number from 1 to 100")
                    @Nullable
                    String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var most = limit == null ? USUAL_PAGE : Integer.parseInt(limit);
        var after = Optional.ofNullable(cursor)
                .map(text -> Cursor.parse(text).orElseThrow(() -> Problem.of(ProblemCode.MALFORMED_REQUEST)));
        return deliveries.page(caller.administered(), OpaqueId.known(webhook), most, after);
    }

    @POST
    @Path("/{webhook}/deliveries/{delivery}/redeliver")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Send a delivery again",
            description =
                    "Under the same `webhook-id`, soon, and for three more days where it fails. One that is being sent"
                            + " at the moment is left alone.",
            operationId = "redeliverWebhook",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "webhook_disabled"))
    @APIResponse(
            responseCode = "202",
            description = "It goes out",
            content =
                    @Content(
                            schema = @Schema(implementation = DeliveryView.class),
                            examples = @ExampleObject(name = "waiting", value = Examples.WAITING)))
    public Response redeliver(
            @PathParam("webhook") String webhook,
            @PathParam("delivery") String delivery,
            @HeaderParam(KEY) @IdempotencyKey @Nullable String key) {
        var id = OpaqueId.known(webhook);
        var sent = OpaqueId.known(delivery);
        return accepted(
                id,
                "POST redeliver of " + sent + " of " + id,
                key,
                () -> deliveries.redeliver(caller.administered(), id, sent));
    }

    private Response accepted(UUID webhook, String path, @Nullable String key, Supplier<DeliveryView> send) {
        var view = once(
                path,
                key,
                "",
                send,
                DeliveryView::id,
                delivery -> deliveries.get(caller.administered(), webhook, delivery));
        return Response.accepted(view).build();
    }

    private <T> T once(
            String path,
            @Nullable String key,
            Object body,
            Supplier<T> make,
            Function<T, UUID> made,
            Function<UUID, T> again) {
        var slot = hash.tag("webhooks", caller.administered());
        return idempotency.once(
                new Idempotency.Call(slot, caller.client(), path, key, body),
                () -> {
                    var answer = make.get();
                    return new Idempotency.Made<>(Optional.of(made.apply(answer).toString()), answer);
                },
                id -> again.apply(OpaqueId.known(id)));
    }

    private WebhookView webhook(UUID id) {
        return webhooks.get(caller.administered(), id);
    }

    private Webhooks.Owner owner() {
        return new Webhooks.Owner(
                caller.administered(),
                caller.client(),
                caller.operator().map(OperatorToken::name).orElse(null));
    }

    private static Response secretly(WebhookView view) {
        return Response.status(201)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(view)
                .build();
    }

    /** The endpoints of an application. */
    @Schema(name = "Webhooks", requiredProperties = "webhooks")
    @RegisterForReflection
    record All(List<WebhookView> webhooks) {}
}
