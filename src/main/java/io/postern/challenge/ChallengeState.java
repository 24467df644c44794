package io.postern.challenge;

import io.postern.token.Action;
import io.postern.token.Purpose;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a verification needs of a challenge, as it lies sealed in Redis: no other look at the store (RULES B6).
 *
 * @param rememberedDays how long the computer may be remembered; 0 where it may not
 * @param device what the computer was remembered as until now
 */
@RegisterForReflection
record ChallengeState(
        String subject,
        long subjectId,
        long version,
        Purpose purpose,
        @Nullable Action action,
        @Nullable String nonce,
        @Nullable String ip,
        @Nullable String userAgent,
        Instant end,
        List<Candidate> candidates,
        int rememberedDays,
        @Nullable UUID device) {

    /** The factor that callers know by the id. */
    Optional<Candidate> candidate(String id) {
        return candidates.stream()
                .filter(candidate -> candidate.publicId().equals(id))
                .findFirst();
    }
}
