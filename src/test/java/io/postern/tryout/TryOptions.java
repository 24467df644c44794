package io.postern.tryout;

import io.postern.embedded.Build;
import io.postern.embedded.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * What {@code -Dtry.*} says.
 *
 * @param port of the service
 * @param demoPort of the demo admin area
 * @param fresh whether what a former run kept is thrown away first
 * @param directory where the data is kept between runs
 */
record TryOptions(int port, int demoPort, boolean fresh, Path directory) {
    private static final int MAX_PORT = 65_535;

    /**
     * The options as system properties.
     *
     * @throws IllegalStateException in one sentence, when one of them cannot be followed
     */
    static TryOptions fromSystemProperties() {
        TryOptions options = new TryOptions(
                port("try.port", "8080"),
                port("try.demo.port", "8090"),
                !System.getProperty("try.fresh", "false").equals("false"),
                Path.of(System.getProperty(
                        "try.directory", Build.directory().resolve("try").toString())));
        requireFree("The service", options.port(), "try.port");
        requireFree("The demo admin area", options.demoPort(), "try.demo.port");
        return options;
    }

    private static int port(String property, String usual) {
        String value = System.getProperty(property, usual);
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > MAX_PORT || Integer.parseInt(value) == 0) {
            throw new IllegalStateException("-D%s=%s is no port: give a number from 1 to %d, such as -D%s=%s."
                    .formatted(property, value, MAX_PORT, property, usual));
        }
        return Integer.parseInt(value);
    }

    private static void requireFree(String who, int port, String property) {
        if (!Ports.isFree(port)) {
            throw new IllegalStateException(
                    "%s cannot have port %d, something else listens there: choose another with -D%s=%d."
                            .formatted(who, port, property, another(port)));
        }
    }

    private static int another(int port) {
        return IntStream.range(port + 100, MAX_PORT)
                .filter(Ports::isFree)
                .findFirst()
                .orElseGet(Ports::free);
    }

    /** The address of the service, for browsers and as the issuer of its tokens. */
    URI postern() {
        return URI.create("http://localhost:" + port);
    }

    URI demo() {
        return URI.create("http://localhost:" + demoPort);
    }
}
