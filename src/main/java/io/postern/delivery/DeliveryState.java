package io.postern.delivery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a message is. */
@Schema(description = """
        - `queued`: waiting for its first try
        - `retrying`: a try failed, the next follows by itself
        - `sent`: the mail server or the SMS provider has taken it
        - `failed`: refused for good, the code's time was over before it could be sent, or the provider never said what became
          of it""")
public enum DeliveryState {
    QUEUED,
    RETRYING,
    SENT,
    FAILED;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
