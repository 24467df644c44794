package io.postern.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.postern.crypto.KeyConfig;
import io.postern.crypto.KeyRing;
import io.postern.embedded.Await;
import io.postern.embedded.KeyFiles;
import io.postern.embedded.SeededClient;
import io.postern.embedded.ServiceProcess;
import io.postern.harness.Api;
import io.postern.harness.ExtraCopies;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** RULES H4: a key is not taken away while it is needed. */
final class KeysInUseIT {

    private final Postern postern = Postern.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void copyWithoutAKeyThatStillSealsSaysSoAndDoesNotStart() throws Exception {
        var person = Person.enrolled(postern, postern.api(SeededClient.DEMO_ADMIN));
        try (var copies = ExtraCopies.beside(postern)) {
            var copy = copies.launch(ring(KeyFiles.sealingKey("seal-9")));
            Await.until(Duration.ofSeconds(90), "an end", () -> !copy.isAlive() || copy.isReady());
            assertFalse(copy.isAlive(), "it serves");
            var end = copy.logTail(200);
            assertTrue(end.contains("The key ring lacks keys that still seal rows: seal-1 ("), end);
            assertTrue(end.contains("factor"), end);
        }
        person.verify(person.challenge(), person.code()).expect(200); // those that have the key go on
    }

    @Test
    void copyStartsWithoutAKeyThatIsSaidToBeLost() throws Exception {
        var person = Person.enrolled(postern, postern.api(SeededClient.DEMO_ADMIN));
        try (var copies = ExtraCopies.beside(postern)) {
            var environment = new HashMap<>(ring(KeyFiles.sealingKey("seal-9")));
            environment.put("POSTERN_KEYS_LOST", "seal-1");
            var copy = copies.start(environment);
            var shown = person.challenge(api(copy), Map.of("purpose", "sign_in"))
                    .expect(201)
                    .json()
                    .path("factors")
                    .path(0);
            assertFalse(shown.path("available").booleanValue());
            assertEquals("unreadable", shown.path("reason").textValue());
        }
    }

    /** Whatever has a key's id beside it is looked at, and sealed anew; the trail's macs have a key that never changes. */
    @Test
    void everyTableWithSealedRowsIsLookedAt() {
        var tables = Sql.on(postern)
                .texts("select table_name from information_schema.columns"
                        + " where column_name = 'key_id' and table_schema = 'public' and table_name not like 'audit%'");
        assertEquals(new TreeSet<>(tables), new TreeSet<>(Resealing.tables()));
    }

    /** As on a busy machine, where the first connection takes longer to open than a request may wait for one. */
    @Test
    void connectionThatComesLateEndsNoStart() throws SQLException {
        var refusals = new AtomicInteger(3);
        look(refusals).onStart(new StartupEvent());
        assertEquals(-1, refusals.get());
    }

    @Test
    void databaseThatStaysAwayEndsTheStart() {
        assertThrows(SQLException.class, () -> look(new AtomicInteger(1_000)).onStart(new StartupEvent()));
    }

    private KeysInUse look(AtomicInteger refusals) {
        var source = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (refusals.getAndDecrement() > 0) {
                    throw new SQLException("Acquisition timeout while waiting for new connection");
                }
                return super.getConnection();
            }
        };
        source.setURL(postern.postgres().url());
        source.setUser(postern.postgres().username());
        source.setPassword(postern.postgres().password());
        var files = postern.keys();
        var config = new Configured(files.ring(), Optional.empty(), files.verification(), files.access());
        return new KeysInUse(source, new KeyRing(files.ring()), config, new SimpleMeterRegistry());
    }

    private record Configured(Path ringFile, Optional<List<String>> lost, Path verificationFile, Path accessFile)
            implements KeyConfig {}

    private Api api(ServiceProcess copy) {
        return Api.at(copy.baseUrl()).withToken(postern.accessToken(SeededClient.DEMO_ADMIN));
    }

    /** A ring with this key and that of keyed hashes, and none that has sealed anything. */
    private Map<String, String> ring(JsonWebKey sealing) throws Exception {
        var keys = new ArrayList<>(List.of(sealing));
        new JsonWebKeySet(Files.readString(postern.keys().ring()))
                .getJsonWebKeys().stream()
                        .filter(key -> "HS256".equals(key.getAlgorithm()))
                        .forEach(keys::add);
        var file = directory.resolve("ring.jwks");
        KeyFiles.write(file, keys);
        return Map.of("POSTERN_KEYS_RING_FILE", file.toString());
    }
}
