package io.postern.operator;

import io.postern.application.Applications;
import io.postern.crypto.KeyedHash;
import io.postern.subject.Registration;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One-time secrets of 256 bits that set a password, kept as keyed hashes, and the subjects that hold operators' factors. */
@Singleton
class Invitations {

    /** Of a secret, and of the way to a first factor after it. */
    static final Duration LIFE = Duration.ofDays(1);

    private static final int BYTES = 32;

    private final Subjects subjects;
    private final KeyedHash hash;
    private final SecureRandom random;
    private final Clock clock;

    Invitations(Subjects subjects, KeyedHash hash, SecureRandom random, Clock clock) {
        this.subjects = subjects;
        this.hash = hash;
        this.random = random;
        this.clock = clock;
    }

    /** Gives the operator another secret, and none that was given before is good any more. */
    String renew(Operator operator) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        operator.invitation = digest(secret);
        operator.invitationEndsAt = clock.instant().plus(LIFE);
        return secret;
    }

    byte[] digest(String secret) {
        return hash.of("operator invitation", secret);
    }

    /** Registers the subject that holds a new operator's factors. */
    @Transactional(Transactional.TxType.MANDATORY)
    void register(UUID operator, String name, String email) {
        subjects.create(Applications.CONSOLE, operator.toString());
        var subject = subjects.lock(Applications.CONSOLE, operator.toString());
        subjects.update(subject, new Registration(email, name, null));
    }

    /** Where the operator is told of changes. */
    @Nullable
    String email(UUID operator) {
        return subjects.find(Applications.CONSOLE, operator.toString())
                .map(SubjectRecord::email)
                .orElse(null);
    }
}
