package io.postern.demo.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Which events are asked for.
 *
 * @param person their id; of everybody, and of nobody, where it is empty
 * @param type   as Postern names it; every type where it is empty
 */
public record EventFilter(String person, String type) {
    /** As the query of a call. */
    String query(String first) {
        return "?" + first + parameter("&subject=", person) + parameter("&type=", type);
    }

    static String parameter(String name, String value) {
        return value.isEmpty() ? "" : name + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
