package io.postern.crypto;

import io.postern.embedded.KeyFiles;
import java.nio.file.Path;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;

/** Key rings of the keys that a test wants. */
final class Rings {

    private Rings() {}

    static KeyRing of(Path directory, JsonWebKey... keys) {
        return new KeyRing(file(directory, keys));
    }

    static Path file(Path directory, JsonWebKey... keys) {
        var file = directory.resolve("ring.jwks");
        KeyFiles.write(file, List.of(keys));
        return file;
    }
}
