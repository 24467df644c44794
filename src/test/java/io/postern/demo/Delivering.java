package io.postern.demo;

import io.postern.embedded.SeededClient;
import io.postern.harness.Postern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A service that sends, with the demo before it, as in the try-out: shared by the tests of this package. */
final class Delivering implements AutoCloseable {
    private static final CompletableFuture<Delivering> SHARED = new CompletableFuture<>();

    private final Postern postern;
    private final Demo demo;

    private Delivering(Postern postern, Demo demo) {
        this.postern = postern;
        this.demo = demo;
    }

    /** Started at the first call, and closed when the JVM ends. */
    static synchronized Delivering shared() {
        if (!SHARED.isDone()) {
            try {
                Delivering started = start();
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                SHARED.complete(started);
            } catch (RuntimeException e) {
                SHARED.completeExceptionally(e);
            }
        }
        return SHARED.join();
    }

    private static Delivering start() {
        Postern postern = Postern.start(Postern.Options.DEFAULT
                .withCopies(1)
                .withDelivery()
                .withEnvironment("POSTERN_PUBLIC_URL", "http://127.0.0.1:${quarkus.http.port}"));
        try {
            Inbox inbox = Inbox.of(postern.mail(), postern.sms());
            return new Delivering(postern, Guest.startDemo(postern, SeededClient.DEMO_ADMIN, inbox));
        } catch (IOException e) {
            postern.close();
            throw new UncheckedIOException(e);
        }
    }

    Postern postern() {
        return postern;
    }

    Demo demo() {
        return demo;
    }

    /** As if a day had passed for the limits of messages and tries, but not for the challenges that are open. */
    void letTimePass() {
        for (String counts : List.of("postern:*:sends", "postern:*:recovery")) {
            if (postern.redis().command("KEYS", counts) instanceof List<?> keys) {
                keys.forEach(key -> postern.redis().command("DEL", String.valueOf(key)));
            }
        }
    }

    @Override
    public void close() {
        demo.close();
        postern.close();
    }
}
