package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Postern refused a call with a problem (RFC 9457); its {@code code} is what a program may decide on. */
public final class ProblemException extends RuntimeException {
    private final int status;
    private final transient JsonNode problem;
    private final Optional<Duration> retryAfter;

    public ProblemException(int status, JsonNode problem, Optional<Duration> retryAfter) {
        super("Postern answered " + status + " " + problem.path("code").asText("without a code"));
        this.status = status;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    public String code() {
        return problem.path("code").asText();
    }

    /** How long to wait, where the answer said so ({@code Retry-After} in seconds). */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Of a wrong code: how many tries are left. */
    public OptionalInt attemptsRemaining() {
        JsonNode left = problem.path("attempts_remaining");
        return left.isInt() ? OptionalInt.of(left.intValue()) : OptionalInt.empty();
    }

    /** Of a number that no SMS goes to: its region, as in ISO 3166-1. */
    public Optional<String> region() {
        return Optional.of(problem.path("region").asText()).filter(region -> !region.isEmpty());
    }

    /** Of a request that breaks rules: what is wrong with which field. */
    public Map<String, String> faults() {
        var faults = new LinkedHashMap<String, String>();
        problem.path("errors")
                .forEach(error -> faults.put(
                        error.path("field").asText(), error.path("message").asText()));
        return faults;
    }

    /** Whether the call needs a fresh proof of the second factor first (rule F1). */
    public boolean needsProof() {
        return status == 403 && code().equals("verification_required");
    }

    /** The level that the proof must have: the first of {@code acr_values} (RFC 9470 section 3). */
    public Level levelOfProof() {
        String first = problem.path("acr_values").asText().split(" ", 2)[0];
        return Level.of(first).orElse(Level.TWO);
    }
}
