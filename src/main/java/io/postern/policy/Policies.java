package io.postern.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;

/** Reads policies from their JSON form. The same text is parsed once, so that a hot path pays for a look-up only. */
@Singleton
public final class Policies {

    private final ObjectMapper mapper;
    private final Cache<String, Policy> parsed =
            Caffeine.newBuilder().maximumSize(1_000).build();

    public Policies(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The policy of a text.
     *
     * @throws IllegalArgumentException when the text is no policy: unknown members, wrong types, out of range
     */
    public Policy parse(String json) {
        return parsed.get(json, this::read);
    }

    private Policy read(String json) {
        try {
            return mapper.readValue(json, Policy.Written.class).toPolicy();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The policy is not valid: " + e.getOriginalMessage(), e);
        }
    }
}
