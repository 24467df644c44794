package io.postern.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.harness.Postern;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A trail that is larger than the memory of the copy that exports and verifies it. */
@TestInstance(Lifecycle.PER_CLASS)
final class ExportIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS = 40_000;
    private static final String LONG = "x".repeat(3_000);
    private static final String PATH = "/v1/audit-events";

    private final Postern postern = Postern.start(small());
    private final Trail trail = new Trail(postern);

    private static Postern.Options small() {
        var usual = Postern.Options.DEFAULT;
        return new Postern.Options(
                1,
                usual.postgres(),
                usual.redis(),
                usual.environment(),
                List.of("-Xmx96m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                usual.core());
    }

    @AfterAll
    void close() {
        postern.close();
    }

    @Test
    void longTrailIsExportedAndVerifiedInLittleMemory() throws Exception {
        trail.with(ROWS, LONG).sealed(); // more than the heap in all

        assertEquals(ROWS, trail.verify().path("verified").longValue());
        assertEquals(LongStream.rangeClosed(1, ROWS).sum(), sum("?order=oldest"));
    }

    @Test
    void exportIsWhatTheSearchFinds() {
        var own = new Trail(postern);
        own.change("insert into audit_event (application_id, type) select ?, (array['other', 'test'])[n % 2 + 1]"
                + " from generate_series(1, 30) n");
        own.sealed();
        var lines = own.api().with("Accept", "application/x-ndjson");
        var answer = lines.get(PATH + "?type=other").expect(200);
        assertTrue(answer.header("Content-Type").orElseThrow().startsWith("application/x-ndjson"));
        assertEquals(own.pages("type=other&limit=4"), sequences(answer.body()));
        assertEquals(15, sequences(answer.body()).size());

        var cursor = own.search("?limit=10").text("next");
        assertEquals(20, sequences(lines.get(PATH + "?cursor=" + cursor).body()).size());
        assertEquals(
                "",
                new Trail(postern)
                        .api()
                        .with("Accept", "application/x-ndjson")
                        .get(PATH)
                        .expect(200)
                        .body());
        lines.get(PATH + "?type=%27").expectProblem(400, "malformed_request");
    }

    /** What was cut off must not look whole. */
    @Test
    void exportThatAStoreBreaksOffDoesNotEndInGoodOrder() throws Exception {
        var own = new Trail(postern).with(5_000, LONG).sealed(); // more than waits on the way
        var request = request(own, "?order=oldest");
        try (var http = HttpClient.newHttpClient();
                var connection = postern.connect();
                var statement = connection.createStatement();
                var body = http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            connection.setAutoCommit(false);
            body.readNBytes(1_000);
            statement.execute("lock table audit_event in access exclusive mode");
            assertThrows(IOException.class, body::readAllBytes);
            connection.rollback();
        }
    }

    private static List<Long> sequences(String lines) {
        return lines.lines().map(ExportIT::sequence).toList();
    }

    private static long sequence(String line) {
        try {
            return JSON.readTree(line).path("sequence").longValue();
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    /** The sum of the sequences of all lines, which are read one by one: the test keeps no body either. */
    private long sum(String query) throws Exception {
        var request = request(trail, query);
        try (var http = HttpClient.newHttpClient();
                var lines =
                        http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            return lines.mapToLong(ExportIT::sequence).sum();
        }
    }

    private HttpRequest request(Trail of, String query) {
        return HttpRequest.newBuilder(postern.first().resolve(PATH + query))
                .header("Accept", "application/x-ndjson")
                .header("Authorization", "Bearer " + of.token())
                .build();
    }
}
