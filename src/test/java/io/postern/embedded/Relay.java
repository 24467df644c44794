package io.postern.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Stands on a port of the loopback address in front of a server, and can be away, or accept connections and leave them
 * without a word until it is told to go on.
 */
final class Relay implements AutoCloseable {
    private final int port = Ports.free();
    private final int serverPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch answering = new CountDownLatch(0);
    private @Nullable ServerSocket listener;

    Relay(int serverPort) {
        this.serverPort = serverPort;
    }

    int port() {
        return port;
    }

    /** Listens. */
    synchronized void start() {
        if (listener != null) {
            throw new IllegalStateException("It listens already");
        }
        try {
            ServerSocket fresh = new ServerSocket();
            fresh.setReuseAddress(true);
            fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listener = fresh;
            Thread.ofVirtual().start(() -> accept(fresh));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses connections from now on and breaks those that are open. */
    synchronized void stop() {
        if (listener != null) {
            close(listener);
            listener = null;
        }
        open.forEach(Relay::close);
        goOn();
    }

    /** Accepts connections from now on, and says nothing on them. */
    synchronized void hang() {
        answering = new CountDownLatch(1);
    }

    /** Ends {@link #hang()}: who still waits is served, later than never. */
    synchronized void goOn() {
        answering.countDown();
    }

    @Override
    public void close() {
        stop();
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                open.add(client);
                CountDownLatch until = answering;
                Thread.ofVirtual().start(() -> serve(client, until));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client, CountDownLatch until) {
        try (client) {
            until.await();
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
                open.add(server);
                Thread back = Thread.ofVirtual().start(() -> copy(server, client));
                copy(client, server);
                back.join();
                open.remove(server);
            }
        } catch (IOException e) {
            return; // either end has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // Told to the other end below.
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
