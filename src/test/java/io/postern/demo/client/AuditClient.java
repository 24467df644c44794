package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The calls about the audit trail of this application. */
public final class AuditClient {
    /** A check takes as long as the trail is. */
    private static final Duration CHECK = Duration.ofMinutes(1);

    private static final String EVENTS = "/v1/audit-events";
    private static final int AT_A_TIME = 25;

    private final Calls calls;

    AuditClient(Calls calls) {
        this.calls = calls;
    }

    /** @param cursor where the page before ended; empty for the newest */
    public EventPage events(EventFilter filter, String cursor) {
        JsonNode json = calls.call(
                        "GET",
                        EVENTS + filter.query("limit=" + AT_A_TIME) + EventFilter.parameter("&cursor=", cursor),
                        Map.of(),
                        Map.of())
                .json();
        List<AuditEvent> events = StreamSupport.stream(json.path("events").spliterator(), false)
                .map(AuditEvent::of)
                .toList();
        return new EventPage(events, new Reply(json).optionalText("next"));
    }

    /**
     * All of those events, one a line (NDJSON), read while Postern writes them. A read that fails tells that the rest is
     * missing. The caller closes it.
     */
    public InputStream export(EventFilter filter) {
        return calls.download(EVENTS + filter.query("order=newest"), "application/x-ndjson");
    }

    /** @param known the head of an earlier check, which the chain must still hold */
    public ChainCheck check(Optional<String> known) {
        Map<String, ?> body = known.map(head -> Map.of("known", head)).orElseGet(Map::of);
        return ChainCheck.of(calls.post(EVENTS + "/verify", body, CHECK).json());
    }
}
