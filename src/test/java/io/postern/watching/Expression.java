package io.postern.watching;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A query of Prometheus, as far as to tell which metrics and labels it names. */
record Expression(String text) {

    private static final Pattern SELECTOR =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{((?:[^}\"]|\"[^\"]*\")*)})?(?!\\w|\\s*\\()");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Set<String> WORDS = Set.of(
            "and",
            "or",
            "unless",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "offset",
            "bool",
            "inf");

    /** A metric with the labels that are asked for. */
    record Selector(String metric, List<Match> matches) {}

    /** @param value one value, or several as {@code a|b}, or a pattern */
    record Match(String label, String value) {}

    List<Selector> selectors() {
        var clean = text.replaceAll("\\[[^\\]]*]", " ")
                .replaceAll("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)", " ")
                .replaceAll("\\b\\d+(ms|[smhdwy])\\b", " ");
        return SELECTOR.matcher(clean)
                .results()
                .filter(found -> !WORDS.contains(found.group(1)))
                .map(found -> new Selector(found.group(1), matches(found.group(2))))
                .toList();
    }

    Set<String> metrics() {
        var names = new TreeSet<String>();
        selectors().forEach(selector -> names.add(selector.metric()));
        return names;
    }

    private static List<Match> matches(@Nullable String inside) {
        return inside == null
                ? List.of()
                : MATCHER.matcher(inside)
                        .results()
                        .map(one -> new Match(one.group(1), one.group(2)))
                        .toList();
    }
}
