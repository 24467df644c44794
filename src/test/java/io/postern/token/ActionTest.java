package io.postern.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ActionTest {

    /** RULES F2: it brings back what was lost, and never turns protection off. */
    @Test
    void recoveryCodeStandsForAnyLevelWhereSomethingLostIsReplaced() {
        var replacing =
                Arrays.stream(Action.values()).filter(Action::replacesLost).collect(Collectors.toSet());

        assertEquals(EnumSet.of(Action.ADD_FACTOR, Action.REMOVE_FACTOR, Action.NEW_RECOVERY_CODES), replacing);
    }
}
