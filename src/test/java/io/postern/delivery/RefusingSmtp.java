package io.postern.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that takes no recipient: {@code refused@…} for good (550), all others for now (450). */
final class RefusingSmtp implements AutoCloseable {
    private final ServerSocket listener;
    private final List<String> recipients = new CopyOnWriteArrayList<>();

    private RefusingSmtp() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RefusingSmtp start() {
        var server = new RefusingSmtp();
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How often it was asked to take that recipient. */
    int asked(String recipient) {
        return Math.toIntExact(recipients.stream()
                .filter(line -> line.contains("<" + recipient + ">"))
                .count());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            say(client, "220 refusing.example");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                say(client, answer(line));
            }
        } catch (IOException e) {
            return; // the client has gone
        }
    }

    private String answer(String line) {
        var command = line.toUpperCase(Locale.ROOT);
        if (!command.startsWith("RCPT")) {
            return command.startsWith("DATA") ? "503 no recipients" : "250 refusing.example";
        }
        recipients.add(line);
        return line.contains("<refused@") ? "550 no such mailbox" : "450 try again later";
    }

    private static void say(Socket client, String answer) throws IOException {
        client.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
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
