package io.postern.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Text with named placeholders in braces. Braces have no other use. */
final class Template {

    private static final Pattern PART = Pattern.compile("\\{([a-z_]+)}|([^{}]+)");

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    private record Part(String text, boolean isPlaceholder) {}

    /** @throws IllegalArgumentException when a brace belongs to no placeholder */
    static Template parse(String text) {
        var parts = new ArrayList<Part>();
        var part = PART.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!part.find(end) || part.start() != end) {
                throw new IllegalArgumentException("has a brace that belongs to no placeholder");
            }
            var name = part.group(1);
            parts.add(name == null ? new Part(part.group(), false) : new Part(name, true));
            end = part.end();
        }
        return new Template(List.copyOf(parts));
    }

    /** The names of the placeholders, each as often as it stands there. */
    List<String> placeholders() {
        return parts.stream().filter(Part::isPlaceholder).map(Part::text).toList();
    }

    /** Puts the values in place of the placeholders. They are taken as they are, what stands around them goes through the operator. */
    String render(UnaryOperator<String> literal, Map<String, String> values) {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(part.isPlaceholder() ? value(part.text(), values) : literal.apply(part.text()));
        }
        return text.toString();
    }

    private static String value(String name, Map<String, String> values) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("No value for {" + name + "}");
        }
        return value;
    }
}
