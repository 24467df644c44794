package io.postern.bench;

import io.postern.harness.Totp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.commons.codec.binary.Base32;

/**
 * A subject with an authenticator app and recovery codes. All of it follows from its number, so that neither loading nor signing in needs a
 * table of secrets; and all of it looks random, so that neighbours by number are none in Postgres' indexes.
 */
final class Subject {
    private static final int FACTOR_BYTES = 16;
    private static final int ID_BYTES = 8;
    /** As many as a real set has: a salt, and a prefix and a hash for each of ten codes. */
    private static final int RECOVERY_BYTES = 16 + 10 * (4 + 16);

    private static final int SECRET_BYTES = 20;

    private final int number;
    private final byte[] chance;

    private Subject(int number, byte[] chance) {
        this.number = number;
        this.chance = chance;
    }

    static Subject of(int number) {
        try {
            byte[] name = ("bench subject " + number).getBytes(StandardCharsets.US_ASCII);
            return new Subject(number, MessageDigest.getInstance("SHA-512").digest(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number of its row, from 1. */
    long row() {
        return number + 1L;
    }

    /** Its id in the application. */
    String id() {
        return HexFormat.of().formatHex(chance, FACTOR_BYTES, FACTOR_BYTES + ID_BYTES);
    }

    UUID factor() {
        ByteBuffer bytes = ByteBuffer.wrap(chance);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Beside the app, as everyone has them from the first factor on. */
    UUID recoverySet() {
        ByteBuffer bytes = ByteBuffer.wrap(chance, FACTOR_BYTES, FACTOR_BYTES);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** As heavy as a set of codes to read, to seal and to carry; no code fits it. */
    byte[] recoveryCodes() {
        return Arrays.copyOf(chance, RECOVERY_BYTES);
    }

    byte[] secret() {
        return Arrays.copyOfRange(chance, chance.length - SECRET_BYTES, chance.length);
    }

    /** The code that its app shows in that step. */
    String code(long step) {
        return Totp.code(new Base32().encodeToString(secret()), step);
    }
}
