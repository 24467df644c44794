package io.postern.crypto;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The key files, each a JWK set (RFC 7517) mounted read-only. Postern never makes or changes a key. */
@ConfigMapping(prefix = "postern.keys")
public interface KeyConfig {

    /**
     * Keys for what is stored: {@code oct} keys of 256 bits. Those with {@code alg} {@code A256GCM} seal secrets, the first of
     * them new ones; the one with {@code alg} {@code HS256} makes keyed hashes and must never change.
     */
    Path ringFile();

    /**
     * The ids of sealing keys that are lost for good. A copy does not start while a key is missing that still seals something,
     * unless it is named here; what such a key has sealed is shown as not available.
     */
    Optional<List<String>> lost();

    /** Private EC keys (P-256) of the verification tokens. The first signs, all are published. */
    Path verificationFile();

    /** Private EC keys (P-256) of the access tokens. The first signs, all are accepted. */
    Path accessFile();
}
