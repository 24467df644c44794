package io.postern.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes calls by their names in the document, remembers which answered with success, and holds what is sent and answered against
 * the document. What stands in braces in a path is what was said of it last.
 */
final class DocumentedCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    private final DocumentedApi document;
    private final Map<String, String> places = new HashMap<>();
    private final Set<String> open;
    private final List<String> faults = new ArrayList<>();

    DocumentedCalls(DocumentedApi document) {
        this.document = document;
        this.open = new TreeSet<>(document.names());
    }

    /** From now on. */
    void at(String place, String value) {
        places.put(place, value);
    }

    String at(String place) {
        return places.getOrDefault(place, "");
    }

    /** Those that did not answer with success yet. */
    Set<String> open() {
        return open;
    }

    /** What was not as the document says. */
    List<String> faults() {
        return faults;
    }

    /** Without a body. */
    Answer call(Api by, String name) {
        return call(by, name, "", "");
    }

    /** With a JSON body. */
    Answer call(Api by, String name, Map<String, ?> body) {
        var json = JSON.valueToTree(body);
        note(document.faultsOfRequest(name, json), name + " " + json);
        return call(by, name, json.toString(), "application/json");
    }

    /** With any body, none where it is empty. */
    Answer call(Api by, String name, String body, String type) {
        var parts = name.split(" ", -1);
        var path = PLACE.matcher(parts[1]).replaceAll(place -> Matcher.quoteReplacement(at(place.group(1))));
        return checked(name, by.send(parts[0], path, body.getBytes(StandardCharsets.UTF_8), type));
    }

    private Answer checked(String name, Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new AssertionError(name + " was answered " + answer);
        }
        note(document.faultsOfAnswer(name, answer), name + " was answered " + answer.status() + " " + answer.body());
        open.remove(name);
        return answer;
    }

    private void note(List<String> found, String where) {
        if (!found.isEmpty()) {
            faults.add(found + " in " + where);
        }
    }
}
