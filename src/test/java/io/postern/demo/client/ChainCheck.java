package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of a look along the audit trail's chain.
 *
 * @param first    the place that it began with
 * @param verified how many events are good, up to the end or to the first fault
 * @param head     where the chain ends, to be kept outside of Postern and given to the next check
 * @param fault    the first that there is; empty where the trail is intact
 */
public record ChainCheck(long first, long verified, String head, Optional<Fault> fault) {

    /**
     * What is wrong first.
     *
     * @param kind     as Postern names it
     * @param sequence the place in the chain
     * @param at       when the event that is there happened; empty where none is
     */
    public record Fault(String kind, long sequence, Optional<Instant> at) {}

    /** @throws UnavailableException where the answer is neither intact nor names a fault */
    static ChainCheck of(JsonNode json) {
        var reply = new Reply(json);
        Optional<Fault> fault = reply.optionalObject("broken").map(ChainCheck::fault);
        if (reply.flag("intact", false) == fault.isPresent()) {
            throw new UnavailableException("Postern's answer tells of a chain that is neither intact nor broken");
        }
        return new ChainCheck(json.path("first").asLong(), json.path("verified").asLong(), reply.text("head"), fault);
    }

    private static Fault fault(JsonNode json) {
        var reply = new Reply(json);
        return new Fault(reply.text("kind"), json.path("sequence").asLong(), reply.optionalInstant("at"));
    }
}
