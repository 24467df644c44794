package io.postern.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The details of changes as they are stored. */
@Singleton
public final class Details {

    private final ObjectMapper json;

    Details(ObjectMapper json) {
        this.json = json;
    }

    /** A JSON object; null where there are none. */
    public @Nullable String of(SecurityEvent.Change change) {
        var details = change.details();
        try {
            return details.isEmpty() ? null : json.writeValueAsString(details);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The details of " + change.type() + " are no JSON", e);
        }
    }
}
