package io.postern.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What {@code helm test} runs, with the environment that its pod has. */
final class HelmTestIT {

    private static final long SECONDS = 60;
    private static final SeededClient CLIENT = SeededClient.DEMO_ADMIN;

    private final Postern postern = Postern.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void realChallengeIsPassed() throws Exception {
        assertEquals("A person enrolled an app, signed in with it and turned it off again.\n0", run(Map.of()));
    }

    @Test
    void anotherSecretOrIssuerIsFound() throws Exception {
        var refused = run(Map.of("POSTERN_CLIENT_SECRET", "another"));
        assertTrue(refused.endsWith("1") && refused.contains("/oauth2/token answered 401"), refused);
        var elsewhere = run(Map.of("POSTERN_EXPECTED_ISSUER", "https://elsewhere.example.com"));
        assertTrue(elsewhere.endsWith("1") && elsewhere.contains("token's iss is"), elsewhere);
    }

    /** The settings and keys of the chart, on the stores and with the clients that are here. */
    @Test
    @EnabledIf(Chart.RENDERED)
    void serviceRunsWithWhatTheChartGivesIt() throws IOException {
        var manifests = Chart.render(Chart.ciValues("small"));
        var keys = manifests.the("Secret", "postern-keys").at("/data");
        var options = Postern.Options.DEFAULT.withCopies(1);
        for (var setting : manifests.settings().entrySet()) {
            if (!setting.getKey().matches(".*(DATASOURCE|REDIS|BOOTSTRAP|KEYS|FLYWAY)_.*")) {
                options = options.withEnvironment(setting.getKey(), setting.getValue());
            }
        }
        for (var name : List.of("ring", "verification", "access")) {
            var file = directory.resolve(name + ".jwks");
            Files.write(
                    file, Base64.getDecoder().decode(keys.path(name + ".jwks").asText()));
            options = options.withEnvironment(
                    "POSTERN_KEYS_%s_FILE".formatted(name.toUpperCase(Locale.ROOT)), file.toString());
        }

        try (var started = Postern.start(options)) {
            var person = Person.enrolled(started, started.api(CLIENT));
            person.verify(person.challenge(), person.code()).expect(200);
            var published = Api.at(started.first())
                    .get("/.well-known/jwks.json")
                    .expect(200)
                    .body();
            assertTrue(published.contains("\"verification-1\""), published);
        }
    }

    private String run(Map<String, String> otherwise) throws IOException, InterruptedException {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":", -1))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "python3"))),
                "python3 is not installed");
        var file = Chart.DIRECTORY.resolve("files/challenge.py");
        var output = directory.resolve("output");
        var process = new ProcessBuilder("python3", "-B", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        var environment = process.environment();
        environment.putAll(Map.of(
                "POSTERN_URL", postern.first().toString(),
                "POSTERN_EXPECTED_ISSUER", Postern.ISSUER.toString(),
                "POSTERN_CLIENT", CLIENT.id(),
                "POSTERN_CLIENT_SECRET", CLIENT.secret()));
        environment.putAll(otherwise);
        var started = process.start();
        try {
            assertTrue(started.waitFor(SECONDS, TimeUnit.SECONDS), "it ends");
        } finally {
            started.destroyForcibly();
        }
        return Files.readString(output) + started.exitValue();
    }
}
