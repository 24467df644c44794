package io.postern.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.access.Caller;
import io.postern.application.Applications;
import io.postern.application.Scope;
import io.postern.problem.DocumentedProblems;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
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

/** The audit trail of the caller's application: search, export, verify. */
@Path("/v1/audit-events")
@RunOnVirtualThread
@RolesAllowed(Scope.AUDIT_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.AUDIT_ID)
@Tag(name = "Audit")
final class AuditResource {

    private final Slices slices;
    private final Cursors cursors;
    private final Verifier verifier;
    private final Applications applications;
    private final ObjectMapper json;
    private final Caller caller;

    AuditResource(
            Slices slices,
            Cursors cursors,
            Verifier verifier,
            Applications applications,
            ObjectMapper json,
            Caller caller) {
        this.slices = slices;
        this.cursors = cursors;
        this.verifier = verifier;
        this.applications = applications;
        this.json = json;
        this.caller = caller;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, Export.MEDIA_TYPE})
    @Operation(
            summary = "Search the audit trail",
            description =
                    "Events in the order in which they were sealed, about a second after they happened. Pages are stable:"
                            + " events that come meanwhile are on no page twice, and none is left out.\n\nWith"
                            + " `Accept: application/x-ndjson`, everything that is found, one event a line, without pages; `cursor` is"
                            + " then where to begin.",
            operationId = "searchAuditEvents",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "malformed_request not_found"))
    @Parameter(
            name = "subject",
            in = ParameterIn.QUERY,
            description = "Events about this person alone, by the application's own id.",
            example = "owner",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "pseudonym",
            in = ParameterIn.QUERY,
            description = "Events about the person whom this number stands for, also of one who was erased.",
            example = "17",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            description = "Events of this type alone; may be given up to 20 times.",
            example = "factor_removed",
            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class, maxItems = Search.MOST_TYPES))
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "Events that happened then or later, in RFC 3339.",
            example = "2026-01-15T00:00:00Z",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "Events that happened before then, in RFC 3339.",
            example = "2026-01-16T00:00:00Z",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "actor",
            in = ParameterIn.QUERY,
            description = "What this one did for others, such as somebody at the help desk.",
            example = "alice",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "order",
            in = ParameterIn.QUERY,
            description = "`newest` first, or `oldest` first, which can be followed: its last page has a `next` too.",
            example = "newest",
            schema =
                    @Schema(
                            enumeration = {"newest", "oldest"},
                            defaultValue = "newest"))
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "Events of a page at most.",
            example = "50",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
    @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "The `next` of the page before, of the same search.",
            example = "1042.sZ9nE5xkYbJ6q3uWmR0vTg",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The events",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = EventPage.class),
                        examples = @ExampleObject(name = "events", value = Examples.EVENTS)),
                @Content(
                        mediaType = Export.MEDIA_TYPE,
                        schema = @Schema(implementation = EventView.class),
                        examples = @ExampleObject(name = "line", value = Examples.LINE))
            })
    public Response search(@Context UriInfo uri, @Context HttpHeaders headers) {
        var application = caller.administered();
        applications.requireActive(application);
        var query = uri.getQueryParameters();
        var search = Search.of(query);
        int limit = Search.limit(query);
        var cursor = query.getFirst("cursor");
        var begun = slices.begin(application, search);
        long start = cursor == null ? begun.start() : cursors.read(application, search, cursor);
        var response = Response.ok().header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (wantsLines(headers)) {
            return response.type(Export.MEDIA_TYPE)
                    .entity(new Export(slices, begun, start, json))
                    .build();
        }
        var slice = slices.page(begun, start, limit);
        boolean over = search.newestFirst() && begun.isEnd(slice.position());
        var next = over ? null : cursors.of(application, search, slice.position());
        return response.type(MediaType.APPLICATION_JSON)
                .entity(new EventPage(slice.events(), next))
                .build();
    }

    /** JSON is what a caller gets who does not care. */
    private static boolean wantsLines(HttpHeaders headers) {
        var best = headers.getAcceptableMediaTypes().getFirst();
        return Objects.equals(best.getType() + "/" + best.getSubtype(), Export.MEDIA_TYPE);
    }

    @POST
    @Path("/verify")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Verify the audit trail's chain",
            description =
                    "Walks along everything that was sealed and not dropped by retention, and names the first event that is"
                            + " not as it was sealed: changed, missing, inserted, at another's place, or cut off at the end. Takes as"
                            + " long as the trail is.",
            operationId = "verifyAuditEvents")
    @APIResponse(
            responseCode = "200",
            description = "What was found",
            content =
                    @Content(
                            schema = @Schema(implementation = VerificationView.class),
                            examples = {
                                @ExampleObject(name = "intact", value = Examples.INTACT),
                                @ExampleObject(name = "broken", value = Examples.BROKEN)
                            }))
    public Response verify(
            @RequestBody(
                            content =
                                    @Content(
                                            examples = {
                                                @ExampleObject(name = "all", value = Examples.VERIFY),
                                                @ExampleObject(name = "known", value = Examples.VERIFY_KNOWN)
                                            }))
                    @NotNull
                    @Valid
                    VerificationRequest request) {
        applications.requireActive(caller.administered());
        var known = request.known() == null
                ? null
                : Link.parse(request.known())
                        .orElseThrow(() -> Search.refused("known", "must be the head of an earlier verification"));
        var found = verifier.verify(caller.administered(), known);
        return Response.ok(VerificationView.of(found))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
