package io.postern.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kept connection that does one call after the other, with as little work as HTTP/1.1 allows: the generator shares a
 * core with the stores and must not be what is measured. For one thread at a time.
 */
final class HttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MS = Math.toIntExact(Duration.ofSeconds(10).toMillis());
    private static final int BUFFER = 16 * 1024;
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: ?(\\d+)", Pattern.CASE_INSENSITIVE);

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final InputStream in;
    private final String commonHeaders;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;

    /** @param token the access token of all calls */
    HttpConnection(URI base, String token) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), TIMEOUT_MS);
        socket.setSoTimeout(TIMEOUT_MS);
        out = socket.getOutputStream();
        in = socket.getInputStream();
        commonHeaders = "Host: %s\r\nAuthorization: Bearer %s\r\n".formatted(base.getAuthority(), token);
    }

    /** An answer, read to its end. */
    record Answer(int status, String body) {
        /** @throws IOException showing it, when its status is another */
        Answer expect(int expected) throws IOException {
            if (status != expected) {
                throw new IOException("Expected " + expected + ", got " + status + " " + body);
            }
            return this;
        }
    }

    Answer get(String path) throws IOException {
        return call("GET " + path + " HTTP/1.1\r\n" + commonHeaders + "\r\n");
    }

    /** @param json in ASCII */
    Answer post(String path, String json) throws IOException {
        return call("POST " + path + " HTTP/1.1\r\n" + commonHeaders
                + "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json);
    }

    private Answer call(String request) throws IOException {
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        filled = 0;
        int end;
        do {
            read();
            end = endOfHead();
        } while (end < 0);
        String head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new IOException("An answer without its length: " + head);
        }
        int whole = end + Integer.parseInt(length.group(1));
        while (filled < whole) {
            read();
        }
        int status = Integer.parseInt(head.substring(9, 12));
        return new Answer(status, new String(buffer, end, whole - end, StandardCharsets.UTF_8));
    }

    private void read() throws IOException {
        int count = in.read(buffer, filled, BUFFER - filled);
        if (count <= 0) {
            throw new EOFException("The connection was closed, or an answer is too long");
        }
        filled += count;
    }

    /** Behind the empty line; −1 when it has not come yet. */
    private int endOfHead() {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
