package io.postern.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a call: ids alone, no address, number, code or token. The same at each try.
 */
final class Body {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Body() {}

    /** {@code {"id","type","timestamp","data":{…}}}; members that do not apply are left out. */
    static String of(String application, Due.Told told) {
        var body = JSON.createObjectNode()
                .put("id", told.message().toString())
                .put("type", told.type())
                .put("timestamp", told.at().toString());
        var data = body.putObject("data").put("application", application);
        put(data, "subject", told.subject());
        put(data, "factor", told.factor());
        put(data, "factor_type", told.factorType());
        put(data, "challenge", told.challenge());
        try {
            if (told.details() != null && JSON.readTree(told.details()) instanceof ObjectNode details) {
                data.setAll(details);
            }
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A webhook's body cannot be written"); // the cause quotes it
        }
    }

    private static void put(ObjectNode data, String member, @Nullable String value) {
        if (value != null) {
            data.put(member, value);
        }
    }

    private static void put(ObjectNode data, String member, @Nullable UUID value) {
        put(data, member, value == null ? null : value.toString());
    }
}
