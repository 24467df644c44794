package io.postern.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Reads policies from their JSON form. The same text is parsed once, so that a hot path pays for a look-up only. */
@Singleton
public final class Policies {

    private static final Logger LOG = Logger.getLogger(Policies.class);

    private final ObjectMapper mapper;
    private final PolicyReader reader;
    private final Cache<String, Policy> parsed =
            Caffeine.newBuilder().maximumSize(1_000).build();

    /** Applications whose policy was complained of in the log this minute: each of their calls fails the same way. */
    private final Cache<String, Boolean> complained = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    public Policies(ObjectMapper mapper) {
        this.mapper = mapper;
        this.reader = new PolicyReader(mapper);
    }

    /**
     * The policy of a text.
     *
     * @throws InvalidPolicy when the text is no policy: no JSON, unknown members, wrong types, out of range
     */
    public Policy parse(String json) {
        return parsed.get(json, text -> written(text).toPolicy());
    }

    /**
     * The policy that is stored for an application. Without one that can be read nothing is decided for its people.
     *
     * @throws Problem {@code policy_invalid}, and says so in the log
     */
    public Policy stored(String application, String json) {
        try {
            return parse(json);
        } catch (InvalidPolicy e) {
            if (complained.asMap().putIfAbsent(application, true) == null) {
                LOG.errorf("The policy of the application %s is not valid: %s", application, e.fields());
            }
            throw Problem.of(ProblemCode.POLICY_INVALID);
        }
    }

    /**
     * A policy as it is written.
     *
     * @throws InvalidPolicy naming every fault
     */
    public Policy.Written written(JsonNode json) {
        return reader.read(json);
    }

    /** @throws InvalidPolicy also when the text is no JSON */
    public Policy.Written written(String json) {
        JsonNode tree;
        try {
            tree = mapper.readTree(json);
        } catch (JsonProcessingException e) {
            var faults = new Faults();
            faults.add("policy", "must be JSON");
            throw faults.asException();
        }
        return written(tree);
    }

    /** The text under which a policy is stored. */
    public String text(Policy.Written written) {
        try {
            return mapper.writeValueAsString(written);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A policy cannot be written", e);
        }
    }
}
