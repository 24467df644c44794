package io.postern.policy;

import io.postern.problem.FieldError;
import java.util.ArrayList;
import java.util.List;

/** All that is wrong with one policy, so that it can be mended in one go. */
final class Faults {

    private final List<FieldError> found = new ArrayList<>();

    void add(String field, String message) {
        found.add(new FieldError(field, message));
    }

    void addAll(InvalidPolicy invalid) {
        found.addAll(invalid.faults());
    }

    void unless(boolean right, String field, String message) {
        if (!right) {
            add(field, message);
        }
    }

    void range(String field, int value, int least, int most) {
        unless(value >= least && value <= most, field, "must be from " + least + " to " + most);
    }

    boolean areThere() {
        return !found.isEmpty();
    }

    InvalidPolicy asException() {
        return new InvalidPolicy(found);
    }

    void throwIfAny() {
        if (areThere()) {
            throw asException();
        }
    }
}
