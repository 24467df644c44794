package io.postern.demo.page;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message that somebody got.
 *
 * @param channel {@code email} or {@code sms}
 */
public record Letter(String channel, String to, Optional<String> subject, String text, Instant at) {

    /** The members of its JSON form, which scripts that try Postern out rely on. */
    public Map<String, String> members() {
        var members = new LinkedHashMap<String, String>();
        members.put("channel", channel);
        members.put("to", to);
        subject.ifPresent(line -> members.put("subject", line));
        members.put("text", text);
        members.put("at", at.toString());
        return members;
    }
}
