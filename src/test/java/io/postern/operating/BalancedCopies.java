package io.postern.operating;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.Balancer;
import io.postern.embedded.Build;
import io.postern.embedded.Watchdog;
import io.postern.harness.Postern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** Three copies behind a HAProxy that is configured as docs/operations/high-availability.md says. */
final class BalancedCopies implements AutoCloseable {
    static final int COPIES = 3;

    private static final Pattern BLOCK =
            Pattern.compile("^```haproxy\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** The call, its server, status and end, how often it was tried again, and how long it took. */
    private static final Pattern AGAIN = Pattern.compile("\\S+ \\S+ -?\\d+ \\S+ \\+?[1-9]\\d* \\d+");

    private final Postern postern;
    private final Watchdog watchdog;
    private final Balancer balancer;

    private BalancedCopies(Postern postern, Watchdog watchdog, Balancer balancer) {
        this.postern = postern;
        this.watchdog = watchdog;
        this.balancer = balancer;
    }

    static BalancedCopies start() {
        var postern = Postern.start(Postern.Options.DEFAULT
                .withCopies(COPIES)
                .withDelivery()
                .withEnvironment("QUARKUS_SHUTDOWN_DELAY", "3s")
                // A message that a killed copy had in hand comes soon.
                .withEnvironment("POSTERN_DELIVERY_LONGEST_TRY", "2s")
                .withEnvironment("POSTERN_DELIVERY_TAKEOVER", "4s")
                // Calls are held up by locks, and this is no outage.
                .withEnvironment("QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_SOCKETTIMEOUT", "12")
                .withEnvironment("QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT", "5s"));
        var watchdog = Watchdog.start();
        try {
            var ports = Balancer.Ports.free();
            return new BalancedCopies(
                    postern, watchdog, Balancer.start(configuration(postern, ports), ports, watchdog));
        } catch (RuntimeException e) {
            watchdog.close();
            postern.close();
            throw e;
        }
    }

    /** The page's, with the addresses of here. */
    private static String configuration(Postern postern, Balancer.Ports ports) {
        try {
            var page = Files.readString(Build.directory().resolveSibling("docs/operations/high-availability.md"));
            var block = BLOCK.matcher(page).results().findFirst().orElseThrow().group(1);
            for (int copy = 0; copy < COPIES; copy++) {
                var name = "copy-" + (copy + 1);
                var server = Pattern.compile("(?m)^ +server " + name + " \\S+$");
                assertEquals(1, server.matcher(block).results().count(), block);
                block = server.matcher(block)
                        .replaceFirst("    server " + name + " "
                                + postern.copy(copy).baseUrl().getAuthority());
            }
            return block.replaceFirst("(?m)^ +bind :8443 .*$", "    bind 127.0.0.1:" + ports.calls())
                    .replaceFirst("(?m)^ +bind 127.0.0.1:8404$", "    bind 127.0.0.1:" + ports.watching());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Postern postern() {
        return postern;
    }

    URI url() {
        return balancer.url();
    }

    /** Restarts a copy, and returns when the balancer gives it calls again, as a rolling update goes on only then. */
    void restart(int copy) {
        postern.restart(copy);
        balancer.awaitAllUp();
    }

    /** The last server that had the call, by the balancer's log; empty where it has none of it. */
    String server(String call) {
        return balancer.log().stream()
                .filter(line -> line.startsWith(call + " "))
                .map(line -> line.split(" ", -1)[1])
                .findFirst()
                .orElse("");
    }

    /** The lines of its log about calls that it made more than once, or in place of a copy that refused them. */
    List<String> triedAgain() {
        return balancer.log().stream()
                .filter(line -> AGAIN.matcher(line).matches())
                .toList();
    }

    @Override
    public void close() {
        balancer.close();
        watchdog.close();
        postern.close();
    }
}
