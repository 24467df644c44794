package io.postern.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority of a test's own, made by the JDK's {@code keytool}, and the certificates that it gives. */
final class Authority {
    private static final String PASSWORD = "only-for-this-test";
    private static final String ROOT = "root";

    private final Path store;
    private final Path certificate;
    private final AtomicInteger given = new AtomicInteger();

    private Authority(Path store, Path certificate) {
        this.store = store;
        this.certificate = certificate;
    }

    /** Makes one whose files lie in the directory. */
    static Authority named(String name, Path directory) {
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(directory.resolve(name + ".p12"));
            Files.deleteIfExists(directory.resolve(name + ".pem"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var made = new Authority(directory.resolve(name + ".p12"), directory.resolve(name + ".pem"));
        made.keytool("-genkeypair", "-alias", ROOT, "-dname", "CN=" + name, "-ext", "bc:c", "-ext", "ku=keyCertSign");
        made.keytool("-exportcert", "-rfc", "-alias", ROOT, "-file", made.certificate.toString());
        return made;
    }

    /** Its own certificate in PEM: what an operator is given to trust. */
    Path certificate() {
        return certificate;
    }

    /** A server with a certificate for that host. */
    SSLContext serverOf(String host) {
        var alias = host + "-" + given.incrementAndGet();
        keytool("-genkeypair", "-alias", alias, "-dname", "CN=" + host, "-ext", "san=dns:" + host, "-signer", ROOT);
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(only(alias), PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore only(String alias) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(store)) {
            var all = KeyStore.getInstance("PKCS12");
            all.load(in, PASSWORD.toCharArray());
            var one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(
                    alias,
                    all.getKey(alias, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    all.getCertificateChain(alias));
            return one;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keytool(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        }
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
