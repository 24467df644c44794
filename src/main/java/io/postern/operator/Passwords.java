package io.postern.operator;

import io.postern.crypto.KeyedHash;
import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * Hashes the passwords of operators: bcrypt, with a salt, over a keyed hash of operator and password. Bcrypt reads no more than
 * 72 bytes, and a keyed hash is 44 of them however long the password is; its key lies outside of the database, so whoever
 * has the database alone cannot even begin to guess (NIST SP 800-63B-4 section 3.1.1.2), nor move a password to another row.
 */
@Singleton
final class Passwords {

    private static final int SALT_BYTES = 16;
    /** OWASP's Password Storage Cheat Sheet asks for 10 at least. */
    private static final int LEAST_COST = 10;

    private static final int MOST_COST = 16;

    private final KeyedHash hash;
    private final SecureRandom random;
    private final int cost;
    private final String nobodys;

    Passwords(KeyedHash hash, SecureRandom random, OperatorConfig config) {
        this.hash = hash;
        this.random = random;
        cost = config.bcryptCost();
        if (cost < LEAST_COST || cost > MOST_COST) {
            throw new IllegalStateException(
                    "postern.operators.bcrypt-cost must be %d to %d".formatted(LEAST_COST, MOST_COST));
        }
        nobodys = bcrypt("nobody's");
    }

    /** What is stored of a password. */
    String stored(UUID operator, String password) {
        return bcrypt(keyed(operator, password));
    }

    /** What bcrypt is given of a password: 44 characters of ASCII. */
    String keyed(UUID operator, String password) {
        var keyed = hash.of("operator password", operator.toString(), PasswordRules.normalized(password));
        return Base64.getUrlEncoder().encodeToString(keyed);
    }

    boolean matches(UUID operator, String password, String stored) {
        return BcryptUtil.matches(keyed(operator, password), stored);
    }

    /** Takes as long as {@link #matches}, and finds nothing. */
    void compareWithNobodys(String password) {
        boolean _ = BcryptUtil.matches(keyed(new UUID(0, 0), password), nobodys);
    }

    private String bcrypt(String text) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return BcryptUtil.bcryptHash(text, cost, salt);
    }
}
