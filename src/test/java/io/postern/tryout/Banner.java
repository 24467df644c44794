package io.postern.tryout;

import io.postern.embedded.Postgres;
import io.postern.embedded.Redis;
import io.postern.embedded.SeededClient;
import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person sees when everything runs. */
final class Banner {
    private static final String BOLD = "\u001b[1m";
    private static final String ACCENT = "\u001b[36m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean colours;

    Banner(boolean colours) {
        this.colours = colours;
    }

    /** In colours on a terminal, unless its user does not want any (no-color.org). */
    static Banner forThisTerminal() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new Banner(terminal && System.getenv("NO_COLOR") == null);
    }

    String of(TryOptions options, Postgres postgres, Redis redis, Path serviceLog) {
        String service = options.postern().toString();
        return """

                  %s

                  %s
                    1  Open %s and sign in as owner with the password demo.
                    2  In the profile, set up two-factor authentication: an app, text messages or email. Any number of
                       the United States or Canada will do, such as +1 415 555 2671: all messages are in the inbox.
                    3  Keep the recovery codes, sign out and in again: now a code is asked for, and each works once.
                    4  Use another way, ask for a new code, or let the SMS provider fail, at the end of the inbox page.

                  %s
                    Demo admin area   %s      users owner, deputy, editor, viewer; password demo
                    Inbox             %s/inbox      every mail and SMS; as JSON at /inbox.json
                    Service           %s
                    OpenAPI           %s/q/openapi
                    Health, metrics   %s/q/health   %s/q/metrics
                    Published keys    %s/.well-known/jwks.json

                  %s
                %s
                    curl -u %s:%s -d grant_type=client_credentials %s/oauth2/token

                  %s
                    Postgres          psql postgresql://%s:%s@127.0.0.1:%d/postern
                    Redis             redis-cli -p %d
                    Service's log     %s
                    Data              %s, kept between runs; begin anew with -Dtry.fresh

                  %s
                """.formatted(
                        heading("Postern is running."),
                        heading("Try first"),
                        address(options.demo()),
                        heading("Addresses"),
                        address(options.demo()),
                        options.demo(),
                        address(options.postern()),
                        service,
                        service,
                        service,
                        service,
                        heading("API clients"),
                        clients(),
                        SeededClient.DEMO_ADMIN.id(),
                        SeededClient.DEMO_ADMIN.secret(),
                        service,
                        heading("Behind it"),
                        postgres.username(),
                        postgres.password(),
                        postgres.port(),
                        redis.port(),
                        relative(serviceLog),
                        relative(options.directory()),
                        heading("Ctrl-C ends everything."));
    }

    private static String clients() {
        return SeededClient.ALL.stream()
                .map(client -> "    %-17s %-17s %-20s of %s"
                        .formatted(
                                client.id(), client.secret(), String.join(" ", client.scopes()), client.application()))
                .collect(Collectors.joining("\n"));
    }

    /** As seen from the project, where the person stands. */
    private static Path relative(Path path) {
        return Path.of("").toAbsolutePath().relativize(path.toAbsolutePath());
    }

    private String heading(String text) {
        return colours ? BOLD + text + PLAIN : text;
    }

    private String address(Object text) {
        return colours ? ACCENT + text + PLAIN : text.toString();
    }
}
