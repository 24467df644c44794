package io.postern.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One conversation with a {@link SecureSmtp}. */
final class SmtpDialogue implements AutoCloseable {
    private final SecureSmtp server;
    private Socket client;
    private boolean isSecure;
    private boolean isLoggedIn;
    private @Nullable Socket next;

    SmtpDialogue(SecureSmtp server, Socket client) {
        this.server = server;
        this.client = client;
    }

    void run() throws IOException {
        if (server.isImplicit()) {
            secure();
        }
        say("220 secure.example");
        for (var line = line(); line != null; line = line()) {
            var verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" -> greet();
                case "HELO" -> say("250 secure.example");
                case "STARTTLS" -> startTls();
                case "AUTH" -> login(line);
                case "QUIT" -> {
                    say("221 bye");
                    return;
                }
                default -> passOn(line, verb);
            }
        }
    }

    private void greet() throws IOException {
        say("250-secure.example");
        if (!isSecure && server.offersTls()) {
            say("250-STARTTLS");
        }
        say("250 AUTH PLAIN LOGIN");
    }

    private void startTls() throws IOException {
        if (isSecure || !server.offersTls()) {
            say("502 not implemented");
            return;
        }
        say("220 go ahead");
        secure();
    }

    private void secure() throws IOException {
        var tls = (SSLSocket) server.server().getSocketFactory().createSocket(client, null, client.getPort(), true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        client = tls;
        isSecure = true;
    }

    private void login(String line) throws IOException {
        var words = line.split(" ", -1);
        String username;
        String password;
        if (words[1].equalsIgnoreCase("PLAIN")) {
            var parts = decoded(words.length > 2 ? words[2] : asked("")).split("\0", -1);
            username = parts[1];
            password = parts[2];
        } else {
            username = decoded(words.length > 2 ? words[2] : asked("Username:"));
            password = decoded(asked("Password:"));
        }
        isLoggedIn = server.lets(username, password);
        say(isLoggedIn ? "235 welcome" : "535 5.7.8 authentication credentials invalid");
    }

    private String asked(String question) throws IOException {
        say("334 " + Base64.getEncoder().encodeToString(question.getBytes(UTF_8)));
        var answer = line();
        if (answer == null) {
            throw new IOException("gone");
        }
        return answer;
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), UTF_8);
    }

    /** In clear without a login: whoever sits in between would take it too. */
    private void passOn(String line, String verb) throws IOException {
        if (isSecure && !isLoggedIn) {
            say("530 5.7.0 authentication required");
            return;
        }
        var to = connected();
        write(to, line);
        var answer = answer(to);
        say(answer);
        if (verb.equals("DATA") && answer.startsWith("354")) {
            for (var text = line(); text != null; text = line()) {
                write(to, text);
                if (text.equals(".")) {
                    say(answer(to));
                    return;
                }
            }
        }
    }

    private Socket connected() throws IOException {
        var to = next;
        if (to == null) {
            to = new Socket(InetAddress.getLoopbackAddress(), server.next());
            next = to;
            answer(to);
            write(to, "EHLO secure.example");
            answer(to);
        }
        return to;
    }

    /** The last line of an answer. */
    private static String answer(Socket from) throws IOException {
        var line = read(from);
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = read(from);
        }
        if (line == null) {
            throw new IOException("the next server has gone");
        }
        return line;
    }

    private @Nullable String line() throws IOException {
        var line = read(client);
        if (line != null && !isSecure) {
            server.seenInClear(line);
        }
        return line;
    }

    /** Byte by byte: what comes after STARTTLS belongs to TLS. */
    private static @Nullable String read(Socket from) throws IOException {
        var in = from.getInputStream();
        var line = new ByteArrayOutputStream();
        for (int one = in.read(); one >= 0; one = in.read()) {
            if (one == '\n') {
                return line.toString(ISO_8859_1).replace("\r", "");
            }
            line.write(one);
        }
        return null;
    }

    private void say(String answer) throws IOException {
        write(client, answer);
    }

    private static void write(Socket to, String line) throws IOException {
        to.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
        to.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        if (next != null) {
            next.close();
        }
        client.close();
    }
}
