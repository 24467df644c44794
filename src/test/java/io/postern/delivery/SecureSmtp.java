package io.postern.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A mail server as providers run it, on the loopback address: TLS by STARTTLS (RFC 3207) or from the first byte (RFC 8314),
 * and a login (RFC 4954). What it takes it passes on to another server. It is greedy where there is no TLS: it offers the
 * login, takes every command and writes it down.
 */
final class SecureSmtp implements AutoCloseable {
    static final String USERNAME = "postern@example.com";

    private final ServerSocket listener;
    private final boolean implicit;
    private final List<String> clear = new CopyOnWriteArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger refusedLogins = new AtomicInteger();
    private volatile SSLContext server;
    private volatile String password;
    private volatile boolean offersTls = true;
    private volatile int next;

    private SecureSmtp(boolean implicit, SSLContext server, String password) {
        this.implicit = implicit;
        this.server = server;
        this.password = password;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins in clear and offers STARTTLS. */
    static SecureSmtp withStartTls(SSLContext server, String password) {
        return started(new SecureSmtp(false, server, password));
    }

    /** Speaks TLS from the first byte. */
    static SecureSmtp withImplicitTls(SSLContext server, String password) {
        return started(new SecureSmtp(true, server, password));
    }

    private static SecureSmtp started(SecureSmtp smtp) {
        Thread.ofVirtual().start(smtp::accept);
        return smtp;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The port of the server that gets what this one has taken. */
    void passOnTo(int port) {
        next = port;
    }

    void present(SSLContext other) {
        server = other;
    }

    /** The one password that it lets in from now on. */
    void accept(String other) {
        password = other;
    }

    /** Whether it knows STARTTLS, as if somebody in between did not take it out. */
    void offerTls(boolean offers) {
        offersTls = offers;
    }

    /** The commands that came without TLS, and the lines of mails. */
    List<String> clear() {
        return List.copyOf(clear);
    }

    /** How many logins were right. */
    int logins() {
        return logins.get();
    }

    int refusedLogins() {
        return refusedLogins.get();
    }

    boolean isImplicit() {
        return implicit;
    }

    boolean offersTls() {
        return offersTls;
    }

    SSLContext server() {
        return server;
    }

    int next() {
        return next;
    }

    void seenInClear(String line) {
        clear.add(line);
    }

    boolean lets(String username, String typed) {
        boolean right = username.equals(USERNAME) && typed.equals(password);
        (right ? logins : refusedLogins).incrementAndGet();
        return right;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var dialogue = new SmtpDialogue(this, client)) {
            dialogue.run();
        } catch (IOException e) {
            return; // the client has gone, or will have no TLS with this certificate
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
