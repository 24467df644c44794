package io.postern.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script that Redis runs as one step. It begins with {@code #!lua}, so that a key that was not declared is refused on
 * a cluster. Scripts read the time from Redis, the one clock that all copies share.
 */
public final class Script {

    private final String source;
    private final String digest;

    public Script(String body) {
        source = "#!lua\n" + body;
        try {
            var sha1 = MessageDigest.getInstance("SHA-1"); // what EVALSHA names a script by
            digest = HexFormat.of().formatHex(sha1.digest(source.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String source() {
        return source;
    }

    String digest() {
        return digest;
    }
}
