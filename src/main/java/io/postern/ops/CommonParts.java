package io.postern.ops;

import io.postern.access.Caller;
import io.postern.problem.DocumentedProblems;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Says in the OpenAPI document, once for all operations, what their parameters mean and which scope they need. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class CommonParts implements OASFilter {

    /** What a schema refers to, it does not say again. */
    @Override
    public Schema filterSchema(Schema schema) {
        if (schema.getRef() != null || schema.getAnyOf() != null) {
            schema.setType(null);
            schema.setExamples(null);
        }
        if (schema.getAllOf() != null) {
            schema.setProperties(null);
        }
        return schema;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                    nameApplication(path, operation);
                    complete(operation);
                }));
    }

    /** Where operators work, they say on which application. */
    private static void nameApplication(String path, Operation operation) {
        if (DocumentedProblems.namesApplication(path, operation)) {
            operation.addParameter(OASFactory.createParameter()
                    .name(Caller.APPLICATION)
                    .in(Parameter.In.QUERY)
                    .description(
                            "The application that the call acts on, for operators and clients of `postern-console`;"
                                    + " others leave it out, for theirs is the one they belong to.")
                    .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING))
                    .addExample("typical", OASFactory.createExample().value("demo-admin")));
        }
    }

    private static void complete(Operation operation) {
        Optional.ofNullable(operation.getParameters()).orElse(List.of()).forEach(CommonParts::describe);
        var scopes = scopes(operation).map(scope -> "`" + scope + "`").collect(Collectors.joining(" or "));
        if (!scopes.isEmpty()) {
            operation.setDescription(operation.getDescription() + "\n\nScope: " + scopes + ".");
        }
    }

    private static Stream<String> scopes(Operation operation) {
        return Optional.ofNullable(operation.getSecurity()).orElse(List.of()).stream()
                .flatMap(requirement -> requirement.getSchemes().values().stream())
                .flatMap(List::stream)
                .distinct();
    }

    /** A parameter that its operation describes is left as it is. */
    private static void describe(Parameter parameter) {
        if (parameter.getDescription() != null) {
            return;
        }
        switch (parameter.getName()) {
            case "subject" ->
                set(
                        parameter,
                        "The application's own id of the person: 1 to 128 characters, compared byte for byte.",
                        "owner");
            case "factor" -> set(parameter, "The id of the factor.", "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52");
            case "device" ->
                set(parameter, "The id of the remembered computer.", "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77");
            case "challenge" ->
                set(parameter, "The id of the challenge.", "1BGXK_oA4XWEkiO3iSFSsgokU3zXKcb83c2Yt_RyrErQ");
            case "webhook" -> set(parameter, "The id of the webhook endpoint.", "5b0e2b0c-6a2f-4f0e-8d6f-0f5d4c1f7a90");
            case "delivery" -> set(parameter, "The id of the delivery.", "c1d2f6b4-0f7c-4c58-9d8e-5f9b2f1a6e3d");
            case "code" -> set(parameter, "The id of the bypass code.", "3f1c9a52-5f0e-4d0b-8f0f-6f6d4b0a2e11");
            case "limit" -> set(parameter, "How many at most: 1 to 100, 50 where left out.", "50");
            case "cursor" -> set(parameter, "The `next` of the page before.", "MTc2ODQ2OTQwMDEyMDowYjZiZDRjOA");
            case "import" -> set(parameter, "The id of the import.", "0b7e1f1c-52a5-4b0f-9c57-0d4c2f6b1f83");
            case "after" -> set(parameter, "How many lines of the file come before.", "0");
            case "X-Actor" ->
                set(
                        parameter,
                        "Who acts: the id, in the calling product, of the person at the help desk or among the operators. 1"
                                + " to 128 characters; the percent sign and what is not ASCII are percent-encoded UTF-8.",
                        "desk-7");
            case "X-Reason" ->
                set(
                        parameter,
                        "Why they act: 3 to 500 characters, encoded like `X-Actor`. It is kept in the audit trail.",
                        "Ticket 4711: asked for it by letter");
            case "application" -> set(parameter, "The id of the application.", "demo-admin");
            case "operator" -> set(parameter, "The id of the operator.", "0f4a8c1e-4a53-4a40-9a56-5a0c6a1f2b77");
            case "client" -> set(parameter, "The id of the API client.", "c-k7m29xqrtb4wh6pdjn8s");
            case "secret" -> set(parameter, "The id of the secret.", "5b0d3a5e-58a5-4c0e-9c0b-1c2b8f1a7d11");
            case "last_admin" ->
                set(
                        parameter,
                        "`true`: the caller knows that nobody can administer the application afterwards.",
                        "true");
            case "If-Match" ->
                set(
                        parameter,
                        "The `ETag` of what is to be replaced (RFC 9110 section 13.1.1), or `*` for whatever is there.",
                        "\"3\"");
            case "X-Verification-Token" ->
                set(
                        parameter,
                        "The proof for a change: the verification token of a challenge with the purpose `step_up` and the"
                                + " action of this change, proven at most 5 minutes ago. Good for one change. Needed while"
                                + " two-factor is on.",
                        "eyJ0eXAiOiJwb3N0ZXJuLXZlcmlmaWNhdGlvbitqd3QifQ.…");
            case "Idempotency-Key" ->
                set(
                        parameter,
                        "Makes a repeated call give what the first one made, for 10 minutes: one key for one request and"
                                + " its body. Secrets are not shown again.",
                        "8e03978e-40d5-43e8-bc93-6894a57f9324");
            default -> throw new IllegalStateException("The parameter " + parameter.getName() + " is not described");
        }
    }

    private static void set(Parameter parameter, String description, String example) {
        parameter.setDescription(description);
        parameter.addExample("typical", OASFactory.createExample().value(example));
    }
}
