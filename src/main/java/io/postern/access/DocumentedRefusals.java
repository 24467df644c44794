package io.postern.access;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Gives the token endpoint of the OpenAPI document its refusals, in the form of RFC 6749 section 5.2. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class DocumentedRefusals implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .getPathItem(TokenResource.PATH)
                .getPOST()
                .getResponses()
                .addAPIResponse(
                        "400",
                        refusal(
                                "The request cannot be read, or asks for what the client may not have",
                                "invalid_request",
                                "unsupported_grant_type",
                                "invalid_scope"))
                .addAPIResponse("401", refusal("The credentials are missing or wrong", "invalid_client"))
                .addAPIResponse("429", later("After failed tries the client is delayed at this source"))
                .addAPIResponse("503", later("A store is not reachable, or too much at once"));
    }

    private static APIResponse later(String description) {
        return refusal(description, "temporarily_unavailable")
                .addHeader("Retry-After", OASFactory.createHeader().ref("Retry-After"));
    }

    private static APIResponse refusal(String meaning, String... errors) {
        var media =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/TokenRefusal"));
        for (var error : errors) {
            media.addExample(error, OASFactory.createExample().value(Map.of("error", error)));
        }
        var names = Arrays.stream(errors).map(error -> "`" + error + "`").collect(Collectors.joining(", "));
        return OASFactory.createAPIResponse()
                .description(meaning + ": " + names)
                .content(OASFactory.createContent().addMediaType(MediaType.APPLICATION_JSON, media));
    }
}
