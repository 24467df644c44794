package io.postern.bench;

import io.postern.embedded.Postgres;
import io.postern.embedded.Redis;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Postern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.commons.codec.binary.Base32;

/**
 * {@code ./mvnw -Pbench -Dbench.main=ImportVolume}: sends an import, by one caller and chunk after chunk, and says how many
 * lines a second its parts took and whether the service needed more memory for the last than for the first.
 */
final class ImportVolume {

    private static final int PARTS = 5;
    private static final int CHUNK_BYTES = 60_000;
    private static final List<String> JVM = List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC");

    private final Random random = new Random(1);
    private final byte[] secret = new byte[20];
    private final Postern postern;
    private final Api api;
    private final String path;
    private long sent;

    private ImportVolume(Postern postern) {
        this.postern = postern;
        this.api = postern.api(SeededClient.DEMO_OPERATOR);
        var id = api.post("/v1/imports", Map.of("actor", "bench", "reason", "How fast it is"))
                .expect(201)
                .text("id");
        this.path = "/v1/imports/" + id;
    }

    public static void main(String[] arguments) {
        int lines = Integer.getInteger("bench.lines", 100_000);
        Cores.leaveToService();
        var options = new Postern.Options(
                1,
                Postgres.Options.TEMPORARY,
                Redis.Options.TEMPORARY,
                Map.of(),
                JVM,
                OptionalInt.of(Cores.OF_SERVICE));
        try (Postern postern = Postern.start(options)) {
            var volume = new ImportVolume(postern);
            volume.part("warm-up", lines / PARTS);
            for (int part = 1; part <= PARTS; part++) {
                volume.part("part " + part, lines / PARTS);
            }
        }
        System.exit(0);
    }

    private void part(String name, int lines) {
        var before = Usage.of(postern.copy(0).pid());
        long begin = System.nanoTime();
        long end = sent + lines;
        while (sent < end) {
            sendChunk(end);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        var after = Usage.of(postern.copy(0).pid());
        System.out.printf(
                "%s: %,d lines, %,.0f a second, %.3f ms of the service's processor time for one, %d MB%n",
                name,
                lines,
                lines / seconds,
                (after.cpuNanos() - before.cpuNanos()) / 1e6 / lines,
                after.memory() / 1_000_000);
    }

    private void sendChunk(long end) {
        var chunk = new StringBuilder();
        long after = sent;
        while (sent < end && chunk.length() < CHUNK_BYTES) {
            random.nextBytes(secret);
            chunk.append(
                    "{\"subject\":\"%d\",\"email\":\"user%d@example.com\",\"factors\":[{\"type\":\"totp\",\"secret\":\"%s\"}]}\n"
                            .formatted(sent, sent, new Base32().encodeToString(secret)));
            sent++;
        }
        var bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
        long done = api.send("PUT", path + "/lines?after=" + after, bytes, "application/x-ndjson")
                .expect(200)
                .json()
                .path("imported")
                .longValue();
        if (done != sent) {
            throw new IllegalStateException("Imported " + done + " of " + sent);
        }
    }
}
