package io.postern.demo.client;

import java.util.List;
import java.util.Optional;

/**
 * Some events, the newest first.
 *
 * @param events may be none although there are more
 * @param next   the cursor of the older ones; empty at the end
 */
public record EventPage(List<AuditEvent> events, Optional<String> next) {
    public EventPage {
        events = List.copyOf(events);
    }
}
