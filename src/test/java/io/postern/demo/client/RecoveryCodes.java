package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** New recovery codes, which Postern shows this once; none where an answer brings none. */
public record RecoveryCodes(List<String> codes) {
    public RecoveryCodes {
        codes = List.copyOf(codes);
    }

    static RecoveryCodes of(JsonNode json) {
        var codes = new ArrayList<String>();
        json.path("recovery_codes").forEach(code -> codes.add(code.asText()));
        return new RecoveryCodes(codes);
    }

    @Override
    public String toString() {
        return "RecoveryCodes[" + codes.size() + "]"; // keeps the codes out of logs
    }
}
