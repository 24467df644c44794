package io.postern.challenge;

import io.postern.token.Action;
import io.postern.token.Purpose;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that a verification needs of a challenge, as it lies sealed in Redis: no other look at the store (RULES B6). */
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
        List<Candidate> candidates) {

    Optional<Candidate> candidate(UUID id) {
        return candidates.stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst();
    }
}
