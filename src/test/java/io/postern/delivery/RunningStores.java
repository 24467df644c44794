package io.postern.delivery;

import io.postern.embedded.Closing;
import io.postern.embedded.KeyFiles;
import io.postern.embedded.MailServer;
import io.postern.embedded.Postgres;
import io.postern.embedded.Redis;
import io.postern.embedded.Watchdog;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;

/** Real stores and a mail server for the service inside of the tests' own process. */
public final class RunningStores implements QuarkusTestResourceLifecycleManager {
    private final Watchdog watchdog = Watchdog.start();
    private final Postgres postgres = Postgres.start(Postgres.Options.TEMPORARY, watchdog);
    private final Redis redis = Redis.start(Redis.Options.CLUSTER, watchdog);
    private final MailServer mail = MailServer.start();

    @Override
    public Map<String, String> start() {
        var keys = KeyFiles.in(watchdog.scratch().resolve("keys"));
        return Map.ofEntries(
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.datasource.jdbc.url", postgres.url()),
                Map.entry("quarkus.datasource.username", postgres.username()),
                Map.entry("quarkus.datasource.password", postgres.password()),
                Map.entry("quarkus.redis.hosts", redis.uri().toString()),
                Map.entry("quarkus.mailer.mock", "false"),
                Map.entry("quarkus.mailer.host", "127.0.0.1"),
                Map.entry("quarkus.mailer.port", Integer.toString(mail.port())),
                Map.entry("postern.mail.from", "postern@example.com"),
                Map.entry("postern.issuer", "http://postern.test"),
                Map.entry("postern.keys.ring-file", keys.ring().toString()),
                Map.entry("postern.keys.verification-file", keys.verification().toString()),
                Map.entry("postern.keys.access-file", keys.access().toString()));
    }

    @Override
    public void stop() {
        Closing.all(List.of(mail, redis, postgres, watchdog));
    }
}
