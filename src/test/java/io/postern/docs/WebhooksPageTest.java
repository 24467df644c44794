package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.crypto.WebhookSecret;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/webhooks.md}: its list of events, and its checks of a signature. */
final class WebhooksPageTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfIZQmpfkQ=";
    private static final String ID = "0b6bd4c8-0c3f-4bd9-9a35-6a6b2f3a1c77";
    private static final String BODY = "{\"type\":\"ping\",\"data\":{\"subject\":\"Zoë\"}}";

    private final Page page = Page.of("docs/webhooks.md");

    /** A call, and whether it is good. */
    private record Case(String timestamp, String signatures, String body, boolean good) {}

    private static List<Case> cases() {
        var now = Instant.now();
        var old = now.minusSeconds(310);
        var right = new WebhookSecret(SECRET).sign(ID, now, BODY);
        var other = new WebhookSecret(OTHER).sign(ID, now, BODY);
        var at = Long.toString(now.getEpochSecond());
        return List.of(
                new Case(at, right, BODY, true),
                new Case(at, other + " " + right, BODY, true),
                new Case(at, other, BODY, false),
                new Case(at, right, BODY.replace("ping", "pong"), false),
                new Case(at, right.substring(3), BODY, false),
                new Case(at, "", BODY, false),
                new Case(Long.toString(now.getEpochSecond() - 1), right, BODY, false),
                new Case(
                        Long.toString(old.getEpochSecond()),
                        new WebhookSecret(SECRET).sign(ID, old, BODY),
                        BODY,
                        false));
    }

    @Test
    void everyEventIsListed() throws ClassNotFoundException {
        var types = Arrays.stream(Class.forName("io.postern.webhook.EventType").getEnumConstants())
                .map(type -> type.toString().toLowerCase(Locale.ROOT))
                .toList();
        var listed = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
                .matcher(page.text())
                .results()
                .map(row -> row.group(1))
                .toList();
        assertEquals(types, listed);
    }

    @Test
    void checkInJavaTakesPosternsCallsAlone(@TempDir Path directory) throws Exception {
        var source = directory.resolve("WebhookCheck.java");
        Files.writeString(source, page.blocks("java").getFirst());
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", source.toString()));
        try (var compiled = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            var type = compiled.loadClass("WebhookCheck");
            var check = type.getConstructor(String.class).newInstance(SECRET);
            var isGood = type.getMethod("isGood", String.class, String.class, String.class, String.class);
            for (var call : cases()) {
                assertEquals(
                        call.good(),
                        isGood.invoke(check, ID, call.timestamp(), call.signatures(), call.body()),
                        call::toString);
            }
        }
    }

    @Test
    void checkInNodeTakesPosternsCallsAlone(@TempDir Path directory) throws IOException, InterruptedException {
        Shell.assumeInstalled("node");
        Files.writeString(directory.resolve("check.mjs"), page.blocks("js").getFirst());
        Files.writeString(directory.resolve("run.mjs"), """
                import { isGood } from './check.mjs';
                const [secret, id, ...cases] = process.argv.slice(2);
                while (cases.length) console.log(isGood(secret, id, ...cases.splice(0, 3)));
                """);
        var arguments = Stream.concat(
                Stream.of(SECRET, ID),
                cases().stream().flatMap(call -> Stream.of(call.timestamp(), call.signatures(), call.body())));
        var printed = Shell.run(
                directory,
                List.of("LC_ALL=C.UTF-8 node run.mjs "
                        + String.join(
                                " ", arguments.map(text -> "'" + text + "'").toList())));
        assertEquals(
                cases().stream().map(call -> String.valueOf(call.good())).toList(),
                printed.lines().toList());
    }
}
