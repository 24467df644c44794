package io.postern.factor.recovery;

import io.postern.crypto.PasswordHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Ten codes as they are kept (RULES C3): a salt, and for each code its first four characters, by which the one hash to check
 * is found, and the hash of the other sixteen, which hold 78 bits.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RecoverySet(byte[] bytes) {

    static final int CODES = 10;

    /** No 0 and O, no 1, I and L; no U, so that no words come about. */
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int PREFIX = 4;
    private static final int LENGTH = 20;
    private static final int GROUP = 5;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 16;
    private static final int ENTRY_BYTES = PREFIX + HASH_BYTES;

    /** New codes, each with another prefix. */
    static List<String> draw(SecureRandom random) {
        var prefixes = new LinkedHashSet<String>();
        while (prefixes.size() < CODES) {
            prefixes.add(draw(random, PREFIX));
        }
        return prefixes.stream()
                .map(prefix -> grouped(prefix + draw(random, LENGTH - PREFIX)))
                .toList();
    }

    static RecoverySet of(List<String> codes, SecureRandom random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var buffer = ByteBuffer.allocate(SALT_BYTES + CODES * ENTRY_BYTES).put(salt);
        for (int index = 0; index < CODES; index++) {
            var code = plain(codes.get(index));
            buffer.put(code.substring(0, PREFIX).getBytes(StandardCharsets.US_ASCII));
            buffer.put(hash(code, salt, index));
        }
        return new RecoverySet(buffer.array());
    }

    /** Which code the text begins like; costs nothing. */
    OptionalInt find(String text) {
        var code = plain(text);
        if (code.length() != LENGTH) {
            return OptionalInt.empty();
        }
        var prefix = code.substring(0, PREFIX).getBytes(StandardCharsets.US_ASCII);
        for (int index = 0; index < CODES; index++) {
            int at = SALT_BYTES + index * ENTRY_BYTES;
            if (Arrays.equals(bytes, at, at + PREFIX, prefix, 0, PREFIX)) {
                return OptionalInt.of(index);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether the text is the code of the index; costs one slow hash. */
    boolean fits(int index, String text) {
        int at = SALT_BYTES + index * ENTRY_BYTES + PREFIX;
        var salt = Arrays.copyOf(bytes, SALT_BYTES);
        return MessageDigest.isEqual(Arrays.copyOfRange(bytes, at, at + HASH_BYTES), hash(plain(text), salt, index));
    }

    private static byte[] hash(String code, byte[] salt, int index) {
        var salted = Arrays.copyOf(salt, SALT_BYTES + 1);
        salted[SALT_BYTES] = (byte) index;
        return PasswordHash.of(code.substring(PREFIX), salted, HASH_BYTES);
    }

    private static String draw(SecureRandom random, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static String grouped(String code) {
        var groups = new ArrayList<String>();
        for (int at = 0; at < LENGTH; at += GROUP) {
            groups.add(code.substring(at, at + GROUP));
        }
        return String.join("-", groups);
    }

    /** As people type it: in any case, with or without what stands between the groups. */
    private static String plain(String text) {
        return text.toUpperCase(Locale.ROOT).replaceAll("[ -]", "");
    }
}
