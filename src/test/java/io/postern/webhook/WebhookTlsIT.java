package io.postern.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.Postern;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection goes to the judged address, and the certificate must be that of the name all the same. */
final class WebhookTlsIT {

    private static final String PASSWORD = "changeit";

    @Test
    void certificateMustBeTrustedAndOfTheName(@TempDir Path directory) throws Exception {
        var trusted = keys(directory.resolve("trusted.p12"));
        var unknown = keys(directory.resolve("unknown.p12"));
        var usual = HookedSet.options().withCopies(1);
        var jvm = new ArrayList<>(usual.jvmOptions());
        jvm.add("-Djavax.net.ssl.trustStore=" + trusted);
        jvm.add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        var options = new Postern.Options(1, usual.postgres(), usual.redis(), usual.environment(), jvm, usual.core());
        try (var postern = Postern.start(options);
                var receiver = receiver(trusted);
                var stranger = receiver(unknown)) {
            var app = new HookedApp(postern);
            var right = app.hook(receiver.url("localhost"));
            var wrongName = app.hook(receiver.url("127.0.0.1"));
            var untrusted = app.hook(stranger.url("localhost"));
            for (var hook : List.of(right, wrongName, untrusted)) {
                app.ping(hook);
            }
            app.awaitCount(right, 1, "state = 'delivered'");
            app.awaitCount(wrongName, 1, "last_error = 'tls_failed'");
            app.awaitCount(untrusted, 1, "last_error = 'tls_failed'");
            assertEquals("localhost:" + receiver.port(), receiver.await("ping").header("host"));
            assertEquals(1, receiver.calls().size());
            assertEquals(0, stranger.calls().size());
        }
    }

    private static Receiver receiver(Path keys) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new Receiver(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), "https");
    }

    /** A key, and a certificate for {@code localhost} that it signed itself. */
    private static Path keys(Path file) throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin/keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "hook",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, made.waitFor());
        assertTrue(Files.exists(file));
        return file;
    }
}
