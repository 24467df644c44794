package io.postern.challenge;

import io.postern.subject.SlotTags;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a challenge: the subject's slot tag, so that a script finds the subject's counters by it (RULES H1), then 128
 * random bits, both in base64url.
 */
record ChallengeId(String slot, String random) {

    private static final int RANDOM_BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{44}");

    static ChallengeId make(String slot, SecureRandom random) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new ChallengeId(slot, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Empty when the text cannot be an id of ours. */
    static Optional<ChallengeId> parse(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new ChallengeId(text.substring(0, SlotTags.LENGTH), text.substring(SlotTags.LENGTH)))
                : Optional.empty();
    }

    /** The challenge in Postgres (RULES B5). */
    UUID number() {
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(random));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    String key() {
        return "postern:{" + slot + "}:challenge:" + random;
    }

    @Override
    public String toString() {
        return slot + random;
    }
}
