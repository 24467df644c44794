package io.postern.harness;

import io.postern.embedded.Build;
import io.postern.embedded.Ports;
import io.postern.embedded.ServiceEnvironment;
import io.postern.embedded.ServiceProcess;
import io.postern.embedded.Watchdog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Further copies of the service on the stores of a set, configured otherwise; they end when this is closed. */
public final class ExtraCopies implements AutoCloseable {

    private static final AtomicInteger LAUNCHED = new AtomicInteger();

    private final Postern postern;
    private final Watchdog watchdog = Watchdog.start();
    private final List<ServiceProcess> copies = new ArrayList<>();

    private ExtraCopies(Postern postern) {
        this.postern = postern;
    }

    public static ExtraCopies beside(Postern postern) {
        return new ExtraCopies(postern);
    }

    /** Starts a copy; returns when it is ready. */
    public ServiceProcess start(Map<String, String> environment) {
        var copy = launch(environment);
        copy.awaitReady();
        return copy;
    }

    /** Starts a copy and does not wait for it. */
    public ServiceProcess launch(Map<String, String> environment) {
        var all = new HashMap<>(
                ServiceEnvironment.of(postern.postgres(), postern.redis(), postern.keys(), Postern.ISSUER));
        all.putAll(environment);
        var name = "extra-%d".formatted(LAUNCHED.incrementAndGet());
        Path directory = Build.directory()
                .resolve("postern/%d-extra".formatted(ProcessHandle.current().pid()));
        var usual = Postern.Options.DEFAULT;
        var copy = ServiceProcess.launch(
                new ServiceProcess.Options(name, Ports.free(), all, directory, usual.jvmOptions(), usual.core()),
                watchdog);
        copies.add(copy);
        return copy;
    }

    @Override
    public void close() {
        copies.forEach(ServiceProcess::close);
        watchdog.close();
    }
}
