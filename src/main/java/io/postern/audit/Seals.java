package io.postern.audit;

import io.postern.crypto.KeyedHash;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What the audit trail is sealed with: keyed hashes that nobody can make who has the database without the key ring (RULES
 * H5). Each is of a purpose of its own, and no value can be taken for another column's.
 */
@Singleton
final class Seals {

    private static final int SALT_BYTES = 16;

    private final KeyedHash hash;
    private final SecureRandom random;

    Seals(KeyedHash hash, SecureRandom random) {
        this.hash = hash;
        this.random = random;
    }

    /** The id of the key that all of these are made with. */
    String keyId() {
        return hash.keyId();
    }

    /** Where the chain of an application begins. */
    Link beginning(String application) {
        return new Link(0, hash.of("audit beginning", application));
    }

    /** The mac of a row that follows the other one. */
    byte[] of(Row row, Link previous) {
        return hash.of(
                "audit row",
                text(previous.mac()),
                Long.toString(previous.sequence() + 1),
                Long.toString(row.id()),
                row.at().toString(),
                row.application(),
                text(row.subject()),
                row.type(),
                text(row.factor()),
                text(row.factorType()),
                text(row.challenge()),
                text(row.client()),
                text(row.actor()),
                text(row.details()),
                text(row.personal().digest()));
    }

    /** A seal over both ends of a chain. */
    byte[] of(Chain chain) {
        return hash.of(
                "audit chain",
                chain.application(),
                chain.head().toString(),
                chain.dropped().toString());
    }

    /** The personal columns of a row, with a new salt and their digest where there is something to digest. */
    Personal seal(Personal personal) {
        if (personal.isBlank()) {
            return personal.sealed(null, null);
        }
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return personal.sealed(salt, digest(personal, salt));
    }

    /** Whether the personal columns are as they were sealed, or were erased by {@link PersonalTraces}. */
    boolean isWhole(Personal personal, @Nullable Long subject) {
        var salt = personal.salt();
        var digest = personal.digest();
        if (salt == null || digest == null) {
            return salt == null && digest == null && personal.isBlank();
        }
        boolean erased = subject != null && personal.isBlank() && MessageDigest.isEqual(salt, erased(subject));
        return erased || MessageDigest.isEqual(digest, digest(personal, salt));
    }

    /** What stands for the salt of rows whose personal columns were erased: who has only the database cannot say so. */
    byte[] erased(long subject) {
        return hash.of("audit erased", Long.toString(subject));
    }

    private byte[] digest(Personal personal, byte[] salt) {
        return hash.of(
                "audit personal", text(salt), text(personal.ip()), text(personal.userAgent()), text(personal.reason()));
    }

    /** So that nothing and a text of no characters differ. */
    private static String text(@Nullable Object value) {
        return value == null ? "-" : "+" + value;
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "-" : "+" + Base64.getEncoder().encodeToString(value);
    }
}
