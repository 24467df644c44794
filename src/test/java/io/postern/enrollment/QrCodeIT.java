package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is shown, read by tools that are not ours: the picture by zbar, the key by oathtool. */
final class QrCodeIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23})
    void pictureHoldsTheLink(int subdomains) throws Exception {
        var email = "owner@" + "subdomain.".repeat(subdomains) + "example.com";
        var begun = begin(Map.of("email", email));

        assertEquals(begun.text("otpauth_uri"), read(begun.text("qr_svg")));
        assertTrue(begun.text("otpauth_uri").startsWith("otpauth://totp/Demo%20admin%20area%3A"));
    }

    /** Without an address the account is the subject's id, with whatever characters it has. */
    @Test
    void pictureHoldsTheLinkOfAnyId() throws Exception {
        var begun = begin("qr-%C3%A4%20%26%3F%23%F0%9F%98%80-" + UUID.randomUUID(), Map.of());
        assertEquals(begun.text("otpauth_uri"), read(begun.text("qr_svg")));
    }

    @Test
    void keyMakesCodesThatActivate() throws Exception {
        var person = Person.registered(postern, api);
        var app = PendingApp.begin(api, person);

        app.activate(api, run("oathtool", "--totp", "-b", app.secret())).expect(200);
    }

    private Answer begin(Map<String, String> registration) {
        return begin("qr-" + UUID.randomUUID(), registration);
    }

    private Answer begin(String subject, Map<String, String> registration) {
        var path = "/v1/subjects/" + subject;
        api.put(path, registration).expect(201);
        return api.post(path + "/factors", Map.of("type", "totp")).expect(201);
    }

    private String read(String svg) throws Exception {
        var picture = Files.writeString(directory.resolve("code.svg"), svg);
        var pixels = directory.resolve("code.png").toString();
        run("rsvg-convert", "--width", "900", "--output", pixels, picture.toString());
        return run("zbarimg", "--quiet", "--raw", pixels);
    }

    private static String run(String tool, String... arguments) throws IOException, InterruptedException {
        assumeTrue(isInstalled(tool), tool + " is not installed, so this was not tried");
        var command = new ArrayList<>(List.of(tool));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = process.getInputStream()) {
            var text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0, tool + " failed");
            return text;
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isInstalled(String tool) {
        var path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
