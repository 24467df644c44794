package io.postern.demo.client;

import java.util.List;
import java.util.Optional;

/**
 * What a sign-in would come to.
 *
 * @param reasons as Postern names them
 */
public record Trial(String subject, String status, List<String> reasons, List<Tried> factors) {

    /** A factor, and why it could not be used; empty where it could. */
    public record Tried(String type, String label, Optional<String> reason) {}

    public Trial {
        reasons = List.copyOf(reasons);
        factors = List.copyOf(factors);
    }
}
