package io.postern.harness;

import io.postern.embedded.SeededClient;
import io.postern.embedded.ServiceProcess;
import java.net.URI;
import java.util.Map;

/** One more copy on the stores of a set, as after a restart or while a new version is rolled out. */
public final class ExtraCopy implements AutoCloseable {
    private final Postern postern;
    private final ExtraCopies copies;
    private final ServiceProcess service;

    private ExtraCopy(Postern postern, ExtraCopies copies, ServiceProcess service) {
        this.postern = postern;
        this.copies = copies;
        this.service = service;
    }

    /** Returns when the copy is ready. The environment comes above the usual. */
    public static ExtraCopy of(Postern postern, Map<String, String> environment) {
        var copies = ExtraCopies.beside(postern);
        try {
            return new ExtraCopy(postern, copies, copies.start(environment));
        } catch (RuntimeException e) {
            copies.close();
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
        copies.close();
    }
}
