package io.postern.challenge;

import io.postern.factor.Level;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What asking for a second step comes to. */
sealed interface Outcome {

    ChallengeView.Status status();

    Set<Reason> reasons();

    /**
     * There is nothing to pass: two-factor is off, or a disowned change left nothing to pass it with.
     *
     * @param graceUntil until when the person may put off the enrollment that is required
     */
    record NothingToPass(
            ChallengeView.Status status, @Nullable Instant graceUntil, Set<Reason> reasons) implements Outcome {}

    /**
     * A code is to be asked for.
     *
     * @param least the level that is wanted
     * @param rememberedDays how long a computer that passes may be remembered; 0 for never
     */
    record ToPass(Level least, List<Candidate> candidates, int rememberedDays, Set<Reason> reasons) implements Outcome {

        /** Whether a computer that is remembered need pass nothing (RULES G2). */
        boolean rememberedWillDo() {
            return rememberedDays > 0 && least == Level.REMEMBERED;
        }

        @Override
        public ChallengeView.Status status() {
            return ChallengeView.Status.PENDING;
        }
    }
}
