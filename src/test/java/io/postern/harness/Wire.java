package io.postern.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests that no HTTP client would send. */
public final class Wire {
    private static final int TIMEOUT_MILLIS = 5_000;

    private Wire() {}

    /**
     * Sends the bytes as they are and returns all that comes back (ISO 8859-1) until the server closes the connection or
     * is silent for 5 seconds; ask for {@code Connection: close} to be quick. Empty when it closes without an answer.
     */
    public static String exchange(URI base, byte[] request) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), TIMEOUT_MILLIS);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                readAll(socket.getInputStream(), answer);
            } catch (SocketTimeoutException | SocketException e) {
                // A server that refuses a request may reset the connection; what it said before that counts.
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status of what {@link #exchange} returned, 0 when that is no HTTP answer. */
    public static int status(String answer) {
        return answer.matches("(?s)HTTP/1\\.[01] \\d{3}\\b.*") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    private static void readAll(InputStream from, ByteArrayOutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
        }
    }
}
