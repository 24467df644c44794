package io.postern.demo.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be enrolled.
 *
 * @param type        Postern's name of the method
 * @param destination where codes are to go: the mail address or phone number as the person typed it; empty where none are
 *                    sent
 * @param ip          the person's address, by which Postern rations what it sends
 */
public record FactorRequest(String type, String label, Optional<String> destination, String ip) {

    Map<String, String> body() {
        var body = new LinkedHashMap<String, String>();
        body.put("type", type);
        body.put("label", label);
        destination.ifPresent(to -> body.put(type.equals("email") ? "address" : "phone_number", to));
        body.put("ip", ip);
        return body;
    }
}
