package io.postern.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Gives every operation of the OpenAPI document the problems that it can answer with. Most follow from its form; the others
 * it names itself in the extension {@value #NAMED}, separated by spaces. All operations share one response a status.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DocumentedProblems implements OASFilter {

    /** The extension; it does not stay in the document. */
    public static final String NAMED = "x-problems";

    private static final Set<ProblemCode> OF_ANY_CALL = EnumSet.of(
            ProblemCode.UNAUTHORIZED,
            ProblemCode.INSUFFICIENT_SCOPE,
            ProblemCode.APPLICATION_SUSPENDED,
            ProblemCode.STORE_UNAVAILABLE);

    private static final Set<ProblemCode> OF_OPEN_CALLS = EnumSet.of(ProblemCode.STORE_UNAVAILABLE);

    private static final Pattern ABOUT_PEOPLE = Pattern.compile("/v1/(support|imports|subjects)(/.*)?");

    private static final Pattern FOR_AN_APPLICATION =
            Pattern.compile(ABOUT_PEOPLE.pattern() + "|/v1/(audit-events|policy|webhooks)(/.*)?");

    /** The scopes of front ends, which act for their own application alone. */
    private static final Set<String> FRONT_END = Set.of("verify", "enroll");

    private static final String OTHER = "OtherProblem";

    /** Statuses that no operation has to itself; its {@code default} response stands for them. */
    private static final Set<Integer> OTHER_STATUSES = Set.of(405, 406, 413, 415, 500);

    private static final Set<Integer> WITH_RETRY_AFTER = Set.of(429, 503);

    /** Members beyond those that every problem has, as the examples show them. */
    private static final Map<ProblemCode, Map<String, Object>> MEMBERS = new EnumMap<>(Map.of(
            ProblemCode.MALFORMED_REQUEST,
            Map.of("errors", List.of(sorted(Map.of("field", "purpose", "message", "is unknown or of the wrong type")))),
            ProblemCode.VERIFICATION_REQUIRED,
            sorted(Map.of("action", "disable", "acr_values", "urn:postern:level:2", "max_age", 300)),
            ProblemCode.INVALID_CODE,
            sorted(Map.of(
                    "attempts_remaining",
                    4,
                    "clock_offset_seconds",
                    120,
                    "next_code_at",
                    "2026-01-15T09:32:30Z",
                    "server_time",
                    "2026-01-15T09:30:00Z")),
            ProblemCode.SCOPE_ESCALATION,
            Map.of("scopes", "verify enroll")));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var components = document.getComponents();
        Arrays.stream(ProblemCode.values())
                .collect(Collectors.groupingBy(code -> component(code.status()), TreeMap::new, Collectors.toList()))
                .forEach((name, codes) -> components.addResponse(name, response(codes)));
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                    if (needsToken(operation)) {
                        addResponses(operation, codes(path, method, operation, OF_ANY_CALL));
                    } else if (operation.hasExtension(NAMED)) {
                        addResponses(operation, codes(path, method, operation, OF_OPEN_CALLS));
                    }
                }));
    }

    /** Whether callers of Postern's own application say with the query parameter {@code application} which one they mean. */
    public static boolean namesApplication(String path, Operation operation) {
        return FOR_AN_APPLICATION.matcher(path).matches()
                && Optional.ofNullable(operation.getSecurity()).orElse(List.of()).stream()
                        .flatMap(requirement -> requirement.getSchemes().values().stream())
                        .flatMap(List::stream)
                        .noneMatch(FRONT_END::contains);
    }

    private static boolean needsToken(Operation operation) {
        return Optional.ofNullable(operation.getSecurity()).orElse(List.of()).stream()
                .anyMatch(requirement -> requirement.hasScheme("oauth2"));
    }

    private static Set<ProblemCode> codes(
            String path, PathItem.HttpMethod method, Operation operation, Set<ProblemCode> ofAny) {
        var codes = EnumSet.copyOf(ofAny);
        if (operation.getRequestBody() != null || path.contains("{subject}")) {
            codes.add(ProblemCode.MALFORMED_REQUEST);
        }
        if (path.contains("{") && method != PathItem.HttpMethod.PUT) { // a PUT makes what is not there
            codes.add(ProblemCode.NOT_FOUND);
        }
        if (takes(operation, "X-Verification-Token")) {
            codes.add(ProblemCode.VERIFICATION_REQUIRED);
        }
        if (takes(operation, "Idempotency-Key")) {
            codes.add(ProblemCode.IN_FLIGHT);
            codes.add(ProblemCode.KEY_REUSED);
        }
        if (namesApplication(path, operation)) {
            codes.add(ProblemCode.MALFORMED_REQUEST);
            codes.add(ProblemCode.NOT_FOUND);
            if (ABOUT_PEOPLE.matcher(path).matches()) {
                codes.add(ProblemCode.APPLICATION_REQUIRED);
            }
        }
        codes.addAll(named(operation));
        return codes;
    }

    private static boolean takes(Operation operation, String header) {
        return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .anyMatch(parameter -> parameter.getName().equals(header));
    }

    private static Set<ProblemCode> named(Operation operation) {
        var codes = EnumSet.noneOf(ProblemCode.class);
        if (operation.hasExtension(NAMED)) {
            for (var name : operation.getExtension(NAMED).toString().split(" ", -1)) {
                codes.add(ProblemCode.valueOf(name.toUpperCase(Locale.ROOT)));
            }
            operation.removeExtension(NAMED);
        }
        return codes;
    }

    private static void addResponses(Operation operation, Set<ProblemCode> codes) {
        var byStatus =
                codes.stream().collect(Collectors.groupingBy(ProblemCode::status, TreeMap::new, Collectors.toList()));
        byStatus.forEach((status, ofStatus) -> {
            var names = ofStatus.stream().map(code -> "`" + code.code() + "`").collect(Collectors.joining(", "));
            var response = OASFactory.createAPIResponse().ref(component(status)).description(names);
            operation.getResponses().addAPIResponse(Integer.toString(status), response);
        });
        operation.getResponses().setDefaultValue(OASFactory.createAPIResponse().ref(OTHER));
    }

    private static String component(int status) {
        return OTHER_STATUSES.contains(status) ? OTHER : "Problem" + status;
    }

    private static APIResponse response(List<ProblemCode> codes) {
        int status = codes.getFirst().status();
        var media =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
        codes.forEach(code -> media.addExample(
                code.code(), OASFactory.createExample().summary(code.meaning()).value(example(code))));
        var response = OASFactory.createAPIResponse()
                .description(OTHER_STATUSES.contains(status) ? "Any other problem" : "A problem of status " + status)
                .content(OASFactory.createContent().addMediaType(ProblemDetails.MEDIA_TYPE, media));
        if (WITH_RETRY_AFTER.contains(status)) {
            response.addHeader("Retry-After", OASFactory.createHeader().ref("Retry-After"));
        }
        return response;
    }

    /** In an order that is the same in every build. */
    private static Map<String, Object> sorted(Map<String, Object> members) {
        return new TreeMap<>(members);
    }

    private static Map<String, Object> example(ProblemCode code) {
        var details = ProblemDetails.of(Problem.of(code));
        var example = new LinkedHashMap<String, Object>();
        example.put("type", details.type().toString());
        example.put("title", details.title());
        example.put("status", details.status());
        example.put("code", details.code());
        example.putAll(MEMBERS.getOrDefault(code, Map.of()));
        return example;
    }
}
