package io.postern.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import io.postern.crypto.JwkFiles;
import io.postern.crypto.KeyRing;
import io.postern.crypto.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Keys and passwords that the chart makes are good, are made once, and outlive upgrades and the release. */
@EnabledIf(Chart.RENDERED)
final class MadeOnceTest {

    private static final String KEYS = "postern-keys";
    private static final List<String> MADE = List.of(KEYS, "postern-postgres", "postern-redis");
    private static final int OFTEN = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ApiServer cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = ApiServer.start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    /** The service's own readers take them, and what the private half signs the published half accepts. */
    @Test
    void keysAreGoodEachTime() throws IOException, JoseException {
        var seen = new HashSet<String>();
        for (int i = 0; i < OFTEN; i++) {
            var data = Chart.render(Chart.ciValues("small")).the("Secret", KEYS).at("/data");

            var ring = new KeyRing(file(data, "ring.jwks"));
            assertEquals("seal-1", ring.activeId());
            assertEquals(2, JwkFiles.read(file(data, "ring.jwks")).size());
            for (var name : List.of("verification.jwks", "access.jwks")) {
                var keys = new SigningKeys(file(data, name));
                assertEquals(name.replace(".jwks", "-1"), keys.signingId());
                requireSigns(keys);
                assertTrue(seen.add(keys.publicSet()), "no two are the same");
            }
            assertTrue(seen.add(data.path("ring.jwks").asText()));
        }
    }

    private static void requireSigns(SigningKeys keys) throws JoseException {
        var signed = new JsonWebSignature();
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signed.setKey(keys.signing());
        signed.setPayload("said");
        var read = new JsonWebSignature();
        read.setCompactSerialization(signed.getCompactSerialization());
        read.setKey(
                new JsonWebKeySet(keys.publicSet()).getJsonWebKeys().getFirst().getKey());
        assertTrue(read.verifySignature());
    }

    @Test
    void upgradeKeepsWhatTheInstallationMade() {
        install(Chart.ciValues("small"));
        var before = MADE.stream().map(this::data).toList();
        assertEquals(MADE.size(), Set.copyOf(before).size());

        upgrade(Chart.ciValues("small"), "replicas: 3");

        assertEquals(
                3,
                cluster.find("deployments", "postern")
                        .orElseThrow()
                        .at("/spec/replicas")
                        .asInt());
        assertEquals(before, MADE.stream().map(this::data).toList());
        upgrade(Chart.ciValues("small"), "bundledRedis: {enabled: false}\nredis: {hosts: 'redis://elsewhere:6379'}");
        assertEquals(before.getFirst(), data(KEYS));
        assertTrue(cluster.find("statefulsets", "postern-redis").isEmpty());
    }

    /** And the next release of that name takes them up. */
    @Test
    void keysOutliveTheRelease() {
        install(Chart.ciValues("small"));
        var before = data(KEYS);
        Helm.uninstall(Chart.RELEASE)
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfigContents(cluster.kubeconfig())
                .call();

        assertTrue(cluster.find("deployments", "postern").isEmpty(), "it is gone");
        assertEquals(before, data(KEYS), "the keys are not");
        assertFalse(cluster.find("secrets", "postern-postgres").isEmpty(), "nor the password that the volume knows");
        assertTrue(cluster.find("secrets", "postern-redis").isEmpty());
        install(Chart.ciValues("small"));
        assertEquals(before, data(KEYS));
    }

    /** New keys would make every enrolled secret worthless. */
    @Test
    void upgradeDoesNotReplaceKeysThatAreGone() {
        install(Chart.ciValues("small"));
        cluster.delete("secrets", KEYS);

        var refusal = assertThrows(IllegalStateException.class, () -> upgrade(Chart.ciValues("small")));

        assertTrue(String.valueOf(refusal.getMessage()).contains("put it back from your copy"), refusal::getMessage);
        assertTrue(cluster.find("secrets", KEYS).isEmpty());
    }

    @Test
    void otherInstallationsHaveOtherKeys() {
        assertNotEquals(
                Chart.render(Chart.ciValues("small")).the("Secret", KEYS).at("/data"),
                Chart.render(Chart.ciValues("small")).the("Secret", KEYS).at("/data"));
    }

    /** What Helm sends to a cluster is what it renders, tests and jobs aside, which it makes when they are to run. */
    @Test
    void clusterGetsWhatIsRendered() throws IOException {
        for (var name : List.of("everything", "multi-zone")) {
            var rendered = Chart.render(Chart.ciValues(name)).all().stream()
                    .filter(manifest -> !manifest.at("/metadata/annotations").has("helm.sh/hook"))
                    .map(Manifest::toString)
                    .collect(Collectors.toSet());
            install(Chart.ciValues(name));
            var there = cluster.all();

            assertEquals(rendered, there.stream().map(Manifest::toString).collect(Collectors.toSet()));
            there.forEach(KubernetesTypes::check);
            stop();
            start();
        }
    }

    private Path file(JsonNode data, String name) throws IOException {
        return Files.write(
                directory.resolve(name),
                Base64.getDecoder().decode(data.path(name).asText()));
    }

    private JsonNode data(String secret) {
        var data = cluster.find("secrets", secret).orElseThrow().at("/data");
        assertFalse(data.isEmpty(), secret);
        return data;
    }

    private void install(String... values) {
        Chart.withFiles(List.of(values), files -> {
            var command = new Helm(Chart.DIRECTORY)
                    .install()
                    .withName(Chart.RELEASE)
                    .withNamespace(Chart.NAMESPACE)
                    .disableOpenApiValidation()
                    .withKubeConfigContents(cluster.kubeconfig());
            files.forEach(command::withValuesFile);
            return command.call();
        });
    }

    private void upgrade(String... values) {
        Chart.withFiles(List.of(values), files -> {
            var command = new Helm(Chart.DIRECTORY)
                    .upgrade()
                    .withName(Chart.RELEASE)
                    .withNamespace(Chart.NAMESPACE)
                    .disableOpenApiValidation()
                    .withKubeConfigContents(cluster.kubeconfig());
            files.forEach(command::withValuesFile);
            return command.call();
        });
    }
}
