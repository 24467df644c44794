package io.postern.delivery;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What a message says.
 *
 * @param subject of a mail; null for an SMS
 * @param html the same as the text, of a mail; null for an SMS
 */
@RegisterForReflection
public record Content(
        @Nullable String subject, String text, @Nullable String html) {

    /** Tells nothing: the text may hold a code. */
    @Override
    public String toString() {
        return "Content[…]";
    }
}
