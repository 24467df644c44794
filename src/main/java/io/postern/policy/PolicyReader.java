package io.postern.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.postern.message.Overrides;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a policy member by member, so that one that cannot be read does not hide the faults of the others. */
final class PolicyReader {

    private static final String TEXTS = "texts";
    private static final String UNREADABLE = "is unknown or of the wrong type";
    private static final int LONGEST_NAME = 64;

    private final ObjectMapper mapper;

    PolicyReader(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** @throws InvalidPolicy naming every fault */
    Policy.Written read(JsonNode json) {
        var faults = new Faults();
        if (!(json instanceof ObjectNode object)) {
            faults.add("policy", "must be an object");
            throw faults.asException();
        }
        var readable = mapper.createObjectNode();
        for (var member : object.properties()) {
            var failure = failure(Policy.Written.class, member.getKey(), member.getValue());
            if (failure.isEmpty()) {
                readable.set(member.getKey(), member.getValue());
            } else if (member.getKey().equals(TEXTS) && member.getValue() instanceof ObjectNode languages) {
                addTexts(languages, faults);
            } else {
                faults.add(field(member.getKey(), failure.get()), reason(failure.get()));
            }
        }
        var written = mapper.convertValue(readable, Policy.Written.class);
        written.check(faults);
        faults.throwIfAny();
        return written;
    }

    /** Each text that breaks a rule; a language as a whole where each text is good by itself. */
    private void addTexts(ObjectNode languages, Faults faults) {
        for (var language : languages.properties()) {
            var name = language.getKey();
            failure(Overrides.class, name, language.getValue()).ifPresent(whole -> {
                var field = TEXTS + "." + shortened(name);
                if (!(language.getValue() instanceof ObjectNode own) || !addTexts(name, field, own, faults)) {
                    faults.add(field, reason(whole));
                }
            });
        }
    }

    /** False where no text is to blame by itself, as in a language that Postern does not speak. */
    private boolean addTexts(String language, String field, ObjectNode own, Faults faults) {
        if (failure(Overrides.class, language, mapper.createObjectNode()).isPresent()) {
            return false;
        }
        boolean found = false;
        for (var text : own.properties()) {
            var alone = mapper.createObjectNode().<ObjectNode>set(text.getKey(), text.getValue());
            var failure = failure(Overrides.class, language, alone);
            if (failure.isPresent()) {
                var key = field + "." + shortened(text.getKey());
                faults.add(key, reason(failure.get()).replace(key + " ", ""));
                found = true;
            }
        }
        return found;
    }

    /** Why an object of this one member cannot be read. */
    private Optional<JsonProcessingException> failure(Class<?> type, String name, JsonNode value) {
        try {
            mapper.treeToValue(mapper.createObjectNode().<ObjectNode>set(name, value), type);
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(e);
        }
    }

    private static String field(String name, JsonProcessingException failure) {
        var path = failure instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(Reference::getFieldName)
                        .filter(Objects::nonNull)
                        .map(PolicyReader::shortened)
                        .collect(Collectors.joining("."))
                : "";
        return path.isEmpty() ? shortened(name) : path;
    }

    /** Our own sentence where one of our types refused; the parser's would quote the value. */
    private static String reason(JsonProcessingException failure) {
        var ours = failure instanceof ValueInstantiationException
                        && failure.getCause() instanceof IllegalArgumentException refusal
                ? refusal.getMessage()
                : null;
        return ours == null ? UNREADABLE : ours;
    }

    private static String shortened(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
