package io.postern.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.SeededClient;
import io.postern.embedded.ServiceProcess;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.ExtraCopies;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A copy leaves nothing on its machine, so that its root file system may be read-only and nothing personal lies around where it
 * ran; and it does the same whatever language the machine has.
 */
final class MachineIT {

    /** The last digit is how it was opened: 1 to write, 2 to read and write, see open(2). */
    private static final String OPENED_FOR_WRITING = "flags:\\s+0[0-7]*[12]";

    /** Other digits, other names of months, another character set. An executable has no such options, and its own language. */
    private static final String FAR_AWAY =
            "-Djava.io.tmpdir=%s -Duser.language=ar -Duser.country=EG -Duser.timezone=Asia/Kolkata -Dfile.encoding=ISO-8859-6";

    private static final SeededClient CLIENT = SeededClient.DEMO_ADMIN;

    private final Postern postern = Postern.shared();

    @Test
    void copyLeavesNothingOnItsMachineAndSpeaksNoLanguageOfIt(@TempDir Path temporary) throws IOException {
        try (var copies = ExtraCopies.beside(postern)) {
            var environment = new HashMap<>(postern.mail().environment());
            environment.put("JAVA_TOOL_OPTIONS", FAR_AWAY.formatted(temporary));
            var copy = copies.start(environment);

            signIn(copy);
            complain(copy);
            sendFiles(copy);

            assertEquals(List.of(), files(temporary));
            assertEquals(List.of(copy.log()), written(copy.pid()));
            copy.terminate();
            assertEquals(List.of(), files(temporary));
        }
    }

    /** By app and by mail; a code in other digits would be refused. */
    private void signIn(ServiceProcess copy) {
        var here = Api.at(copy.baseUrl()).withToken(postern.accessToken(CLIENT));
        var person = Person.enrolled(postern, here);
        person.verify(person.challenge(), person.code()).expect(200);
        var correspondent = Correspondent.byMail(postern, here);
        var challenge = correspondent.challenge();
        correspondent.verify(challenge, correspondent.code(challenge)).expect(200);
        here.get("/q/metrics").expect(200);
    }

    private void complain(ServiceProcess copy) {
        var answer = Api.at(copy.baseUrl())
                .withToken(postern.accessToken(CLIENT))
                .post("/v1/challenges", Map.of())
                .expectProblem(400, "malformed_request");
        assertEquals("must not be null", answer.json().at("/errors/0/message").asText(), answer::toString);
    }

    /** As a browser sends files. No call takes them, so that nothing of them may be kept even for a moment. */
    private static void sendFiles(ServiceProcess copy) {
        var form = """
                --edge\r
                Content-Disposition: form-data; name="token"; filename="token"\r
                \r
                %s\r
                --edge--\r
                """.formatted("x".repeat(20_000)).getBytes(StandardCharsets.US_ASCII);
        var type = "multipart/form-data; boundary=edge";
        var here = Api.at(copy.baseUrl());
        here.withBasic(CLIENT.id(), CLIENT.secret())
                .send("POST", "/oauth2/token", form, type)
                .expect(400);
        here.send("POST", "/wasnt-me", form, type).expect(415);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            return all.filter(path -> !path.equals(directory)).sorted().toList();
        }
    }

    /** The regular files that the process holds open for writing, see proc(5). */
    private static List<Path> written(long pid) throws IOException {
        var process = Path.of("/proc", Long.toString(pid));
        try (var opened = Files.list(process.resolve("fd"))) {
            return opened.filter(file -> isWritten(process.resolve("fdinfo").resolve(file.getFileName())))
                    .flatMap(MachineIT::target)
                    .filter(Files::isRegularFile)
                    .distinct()
                    .toList();
        }
    }

    private static boolean isWritten(Path info) {
        try {
            return Files.readString(info).lines().anyMatch(line -> line.matches(OPENED_FOR_WRITING));
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private static Stream<Path> target(Path descriptor) {
        try {
            return Stream.of(Files.readSymbolicLink(descriptor));
        } catch (IOException e) {
            return Stream.empty(); // closed meanwhile
        }
    }
}
