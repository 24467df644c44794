package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * An application's policy.
 *
 * @param tag     the version, as a change has to name it
 * @param holds   every member
 * @param written those that somebody wrote
 */
public record Rules(String tag, Instant changedAt, Optional<String> changedBy, JsonNode holds, JsonNode written) {}
