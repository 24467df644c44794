package io.postern.importing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a line. */
@Schema(
        enumeration = {"imported", "already_there", "refused"},
        description = """
        - `imported`: stored
        - `already_there`: all of it was there before; nothing was changed
        - `refused`: nothing of it was stored""")
enum Outcome {
    IMPORTED,
    ALREADY_THERE,
    REFUSED;

    /** The name in the API and in the store. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String id) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
