package io.postern.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.postern.access.Caller;
import io.postern.access.Errands;
import io.postern.application.Scope;
import io.postern.crypto.KeyedHash;
import io.postern.idempotency.Idempotency;
import io.postern.input.IdempotencyKey;
import io.postern.input.OpaqueId;
import io.postern.problem.DocumentedProblems;
import io.postern.problem.FieldError;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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

/** Imports: begin one, send it lines, read how far it is and what became of each line. */
@Path("/v1/imports")
@RunOnVirtualThread
@RolesAllowed(Scope.ADMIN_ID)
@SecurityRequirement(name = "oauth2", scopes = Scope.ADMIN_ID)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Imports")
final class ImportResource {

    /** Lines of JSON. */
    private static final String LINES = "application/x-ndjson";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

    private final Imports imports;
    private final Idempotency idempotency;
    private final KeyedHash hash;
    private final ObjectMapper mapper;
    private final MeterRegistry registry;
    private final Errands errands;
    private final Caller caller;

    ImportResource(
            Imports imports,
            Idempotency idempotency,
            KeyedHash hash,
            ObjectMapper mapper,
            MeterRegistry registry,
            Errands errands,
            Caller caller) {
        this.imports = imports;
        this.idempotency = idempotency;
        this.hash = hash;
        this.mapper = mapper;
        this.registry = registry;
        this.errands = errands;
        this.caller = caller;
    }

    @POST
    @Operation(
            summary = "Begin an import",
            description =
                    "People of another product move here with their authenticator apps, proven addresses and proven numbers, so"
                            + " that nobody has to enroll again. Send it lines afterwards.",
            operationId = "beginImport")
    @APIResponse(
            responseCode = "201",
            description = "Begun",
            content =
                    @Content(
                            schema = @Schema(implementation = ImportState.class),
                            examples = @ExampleObject(name = "new", value = Examples.BEGUN)))
    public Response begin(
            @HeaderParam("Idempotency-Key") @IdempotencyKey @Nullable String key,
            @RequestBody(content = @Content(examples = @ExampleObject(name = "move", value = Examples.NEW)))
                    @NotNull
                    @Valid
                    NewImport wanted) {
        var source = source();
        var slot = hash.tag("imports", source.application());
        var errand = errands.ofMembers(wanted.actor(), wanted.reason());
        var call = new Idempotency.Call(slot, source.client(), "POST imports", key, wanted);
        var state = idempotency.once(
                call,
                () -> {
                    var begun = imports.begin(source, wanted, errand);
                    return new Idempotency.Made<>(Optional.of(begun.id().toString()), begun);
                },
                id -> imports.state(source, OpaqueId.known(id)));
        return Response.status(201).entity(state).build();
    }

    @GET
    @Path("/{import}")
    @Operation(
            summary = "Read how far an import is",
            description = "It is kept for 30 days after its last line.",
            operationId = "getImport")
    @APIResponse(
            responseCode = "200",
            description = "The import",
            content =
                    @Content(
                            schema = @Schema(implementation = ImportState.class),
                            examples = @ExampleObject(name = "in_the_middle", value = Examples.STATE)))
    public ImportState get(@PathParam("import") String id) {
        return imports.state(source(), OpaqueId.known(id));
    }

    @PUT
    @Path("/{import}/lines")
    @Consumes(LINES)
    @Operation(
            summary = "Send lines of an import",
            description =
                    "A chunk of the file, whole lines of at most 64 KiB together, one person each. It is stored as a whole or,"
                            + " when the call fails, not at all. A line that is refused leaves the others in; the report says"
                            + " why. Lines that are done are passed over, so a chunk may be sent again, and a file from its"
                            + " beginning. Only people whose two-factor is off get factors; what is known of a person stays.",
            operationId = "putImportLines",
            extensions = @Extension(name = DocumentedProblems.NAMED, value = "not_found lines_missing"))
    @APIResponse(
            responseCode = "200",
            description = "Done; some may be refused",
            content =
                    @Content(
                            schema = @Schema(implementation = ImportState.class),
                            examples = @ExampleObject(name = "in_the_middle", value = Examples.STATE)))
    public ImportState take(
            @PathParam("import") String id,
            @QueryParam("after") @Nullable String after,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = LINES,
                                            schema = @Schema(implementation = ImportedPerson.class),
                                            examples = @ExampleObject(name = "three", value = Examples.LINES)))
                    byte @Nullable [] chunk) {
        var source = source();
        var taken = imports.take(source, OpaqueId.known(id), after(after), chunk == null ? new byte[0] : chunk);
        taken.lines()
                .forEach(line -> registry.counter(
                                "postern.import.lines",
                                "application",
                                source.application(),
                                "outcome",
                                line.outcome().id())
                        .increment());
        return taken.state();
    }

    @GET
    @Path("/{import}/report")
    @Produces(LINES)
    @Operation(
            summary = "Read what became of the lines of an import",
            description =
                    "In the order of the file, 10,000 lines at most; ask again with the number of the last one until none comes.",
            operationId = "getImportReport")
    @APIResponse(
            responseCode = "200",
            description = "A line for each line",
            content =
                    @Content(
                            mediaType = LINES,
                            schema = @Schema(implementation = ReportLine.class),
                            examples = @ExampleObject(name = "three", value = Examples.REPORT)))
    public Response report(@PathParam("import") String id, @QueryParam("after") @Nullable String after) {
        var lines = imports.report(source(), OpaqueId.known(id), after(after));
        var text = new StringBuilder();
        lines.forEach(line -> text.append(json(line)).append('\n'));
        return Response.ok(text.toString(), LINES)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private Imports.Source source() {
        return new Imports.Source(caller.helped(), caller.client());
    }

    /** A number of lines; none are before the first. */
    private static long after(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw Problem.of(ProblemCode.MALFORMED_REQUEST)
                    .with("errors", List.of(new FieldError("after", "must be a number of lines")));
        }
        return Long.parseLong(text);
    }

    private String json(ReportLine line) {
        try {
            return mapper.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
