package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/configuration.md} that make the key files. */
final class ConfigurationIT {

    @Test
    void serviceRunsWithTheKeysThatTheCommandsMake(@TempDir Path directory) throws IOException, InterruptedException {
        Shell.assumeInstalled("openssl");
        Shell.run(directory, Page.of("docs/configuration.md").blocks("bash"));
        var keys = directory.resolve("keys");
        try (var files = Files.list(keys)) {
            assertEquals(3, files.count());
        }
        assertEquals(
                PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(keys.resolve("ring.jwks")));
        var options = Postern.Options.DEFAULT
                .withCopies(1)
                .withEnvironment(
                        "POSTERN_KEYS_RING_FILE", keys.resolve("ring.jwks").toString())
                .withEnvironment(
                        "POSTERN_KEYS_VERIFICATION_FILE",
                        keys.resolve("verification.jwks").toString())
                .withEnvironment(
                        "POSTERN_KEYS_ACCESS_FILE", keys.resolve("access.jwks").toString());

        try (var postern = Postern.start(options)) {
            var person = Person.enrolled(postern, postern.api(SeededClient.DEMO_ADMIN));
            person.verify(person.challenge(), person.code()).expect(200);
            var published = Api.at(postern.first())
                    .get("/.well-known/jwks.json")
                    .expect(200)
                    .body();
            assertTrue(published.contains("\"verification-1\""), published);
        }
    }
}
