package io.postern.docs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What documented commands find on the machine of an operator, in place of {@code kubectl}, and of {@code sleep}, so that nobody
 * waits: commands of the same name that tell the test.
 */
final class Platform implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    private Platform(HttpServer server) {
        this.server = server;
    }

    /**
     * Puts the commands into {@code bin} below the directory.
     *
     * @param mounted where {@code kubectl apply} brings the files of {@code keys}
     * @param told what a rollout, and each sleep by its seconds, does
     */
    static Platform in(Path directory, Path mounted, Map<String, Runnable> told) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var platform = new Platform(server);
        server.setExecutor(platform.thread);
        told.forEach((what, then) -> server.createContext("/" + what, exchange -> {
            try (exchange) {
                then.run();
                exchange.sendResponseHeaders(204, -1);
            }
        }));
        server.start();
        var tell = "curl -sf -X POST http://127.0.0.1:%d"
                .formatted(server.getAddress().getPort());
        var bin = Files.createDirectory(directory.resolve("bin"));
        command(bin.resolve("kubectl"), """
                case "$1 $2" in
                  "create secret") echo secret ;;
                  "apply -f") cat > applied && cp keys/*.jwks '%s' ;;
                  "rollout restart") %s/rollout ;;
                  "rollout status") ;;
                  *) exit 1 ;;
                esac
                """.formatted(mounted, tell));
        command(bin.resolve("sleep"), """
                if [ "$1" = 60 ]; then exec /bin/sleep 1; fi
                %s/sleep-"$1"
                """.formatted(tell));
        return platform;
    }

    private static void command(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }
}
