package io.postern.harness;

import io.postern.embedded.Build;
import io.postern.embedded.Closing;
import io.postern.embedded.Ports;
import io.postern.embedded.SeededClient;
import io.postern.embedded.ServiceEnvironment;
import io.postern.embedded.ServiceProcess;
import io.postern.embedded.Watchdog;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One more copy on the stores of a set, as after a restart or while a new version is rolled out. */
public final class ExtraCopy implements AutoCloseable {
    private final Postern postern;
    private final Watchdog watchdog;
    private final ServiceProcess service;

    private ExtraCopy(Postern postern, Watchdog watchdog, ServiceProcess service) {
        this.postern = postern;
        this.watchdog = watchdog;
        this.service = service;
    }

    /** Returns when the copy is ready. The environment comes above the usual. */
    public static ExtraCopy of(Postern postern, Map<String, String> environment) {
        var all = new HashMap<>(
                ServiceEnvironment.of(postern.postgres(), postern.redis(), postern.keys(), Postern.ISSUER));
        all.putAll(environment);
        var watchdog = Watchdog.start();
        try {
            var options = new ServiceProcess.Options(
                    "extra-copy",
                    Ports.free(),
                    all,
                    Build.directory().resolve("postern/extra-" + watchdog.pid()),
                    Postern.Options.DEFAULT.jvmOptions(),
                    Postern.Options.DEFAULT.core());
            return new ExtraCopy(postern, watchdog, ServiceProcess.start(options, watchdog));
        } catch (RuntimeException e) {
            watchdog.close();
            throw e;
        }
    }

    public Api api(SeededClient client) {
        return Api.at(service.baseUrl()).withToken(() -> postern.accessToken(client));
    }

    public URI baseUrl() {
        return service.baseUrl();
    }

    /** SIGKILL. */
    public void kill() {
        service.kill();
    }

    @Override
    public void close() {
        Closing.all(List.of(service, watchdog));
    }
}
