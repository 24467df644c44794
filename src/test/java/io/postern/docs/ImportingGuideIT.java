package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Postern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/operations.md that bring people here, pasted in order. */
final class ImportingGuideIT {

    private static final int PEOPLE = 2_000;
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    @Test
    void fileIsImportedAndItsRefusedLinesArePutAside(@TempDir Path directory) throws IOException, InterruptedException {
        for (var tool : List.of("curl", "jq", "split")) {
            Shell.assumeInstalled(tool);
        }
        var postern = Postern.shared();
        var prefix = "guide-" + UUID.randomUUID() + "-";
        var lines = new ArrayList<String>();
        for (int i = 0; i < PEOPLE; i++) {
            lines.add("{\"subject\":\"%s%d\",\"factors\":[{\"type\":\"totp\",\"secret\":\"%s\"}]}"
                    .formatted(prefix, i, i % 1_000 == 7 ? "SHORT" : SECRET));
        }
        Files.write(directory.resolve("people.ndjson"), lines);
        var blocks = Page.of("docs/operations.md").blocksOf("Importing people", "bash").stream()
                .map(block -> block.replace(
                                "http://localhost:8080", postern.first().toString())
                        .replace("move-of-the-old-login", prefix))
                .toList();
        assertEquals(4, blocks.size());
        // As after a break: begun with the same key, the file once more from its beginning.
        var pasted = new ArrayList<>(blocks);
        pasted.addAll(2, List.of(blocks.get(2), blocks.get(1)));

        var printed = Shell.run(directory, pasted);

        assertTrue(
                printed.contains("{\"lines_done\":2000,\"imported\":1998,\"already_there\":0,\"refused\":2}"), printed);
        assertTrue(
                printed.contains("{\"line\":8,\"outcome\":\"refused\",\"code\":\"invalid_secret\",\"factor\":0}"),
                printed);
        assertEquals(List.of(lines.get(7), lines.get(1_007)), Files.readAllLines(directory.resolve("refused.ndjson")));
        assertEquals(
                PEOPLE, Files.readAllLines(directory.resolve("report.ndjson")).size());
        assertEquals(
                "on",
                postern.api(SeededClient.DEMO_ADMIN)
                        .get("/v1/subjects/" + prefix + "1999")
                        .expect(200)
                        .text("two_factor"));
    }
}
