package io.postern.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/** Reads key files. A file that is missing, broken or has a key without an id ends the start with one sentence. */
public final class JwkFiles {

    private static final int MAX_ID = 64;

    private JwkFiles() {}

    /** The keys of the file in its order: at least one, each with an id of its own of at most 64 characters. */
    public static List<JsonWebKey> read(Path file) {
        List<JsonWebKey> keys;
        try {
            keys = new JsonWebKeySet(Files.readString(file)).getJsonWebKeys();
        } catch (IOException e) {
            throw new IllegalStateException("The key file " + file + " cannot be read", e);
        } catch (JoseException | ClassCastException e) {
            // The cause is left out: its message quotes the file, and a list that is none is told by its class alone.
            throw new IllegalStateException("The key file " + file + " is no JWK set");
        }
        var ids = new HashSet<String>();
        for (var key : keys) {
            if (key.getKeyId() == null || key.getKeyId().length() > MAX_ID || !ids.add(key.getKeyId())) {
                throw new IllegalStateException("The key file " + file + " has a key without a short kid of its own");
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException("The key file " + file + " holds no key");
        }
        return keys;
    }
}
