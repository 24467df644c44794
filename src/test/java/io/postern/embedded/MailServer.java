package io.postern.embedded;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A real SMTP server on the loopback address that keeps what it gets, and can be away or hang. */
public final class MailServer implements AutoCloseable {
    private final GreenMail server;
    private final Relay relay;
    private final List<Mail> mails = new CopyOnWriteArrayList<>();

    /**
     * A mail that the server has taken.
     *
     * @param to the recipient of the envelope
     * @param html null for a mail without
     * @param headers all of them, unfolded, each with its values in order
     */
    public record Mail(
            String to,
            String from,
            String subject,
            String text,
            @Nullable String html,
            Map<String, List<String>> headers,
            Instant at) {
        /** The one value of a header. */
        public String header(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            if (values.size() != 1) {
                throw new IllegalStateException("%s is there %d times".formatted(name, values.size()));
            }
            return values.getFirst();
        }
    }

    private MailServer() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.getUserManager().setMessageDeliveryHandler((moving, to) -> {
            mails.add(read(to.getEmail(), moving.getMessage()));
            // GreenMail files it for somebody, though nobody fetches it here.
            return Optional.ofNullable(server.getUserManager().getUserByEmail(to.getEmail()))
                    .orElseGet(() -> server.setUser(to.getEmail(), ""));
        });
        server.start();
        relay = new Relay(server.getSmtp().getPort());
    }

    /** Starts it; returns when it listens. */
    public static MailServer start() {
        MailServer started = new MailServer();
        started.relay.start();
        return started;
    }

    /** How the service finds it: configuration as environment variables. */
    public Map<String, String> environment() {
        return Map.of(
                "POSTERN_MAIL_FROM", "Postern <postern@example.com>",
                "QUARKUS_MAILER_HOST", "127.0.0.1",
                "QUARKUS_MAILER_PORT", Integer.toString(relay.port()));
    }

    public int port() {
        return relay.port();
    }

    /** What it has taken so far, oldest first. */
    public List<Mail> mails() {
        return List.copyOf(mails);
    }

    /** What it has taken for that recipient, oldest first. */
    public List<Mail> mailsTo(String address) {
        return mails.stream().filter(mail -> mail.to().equals(address)).toList();
    }

    /** Goes away: connections are refused, open ones broken. What it has taken stays. */
    public void stop() {
        relay.stop();
    }

    /** Comes back after {@link #stop()}, on the same port. */
    public void again() {
        relay.start();
    }

    /** From now on it accepts connections and says nothing. */
    public void hang() {
        relay.hang();
    }

    /** Ends {@link #hang()}; connections that still wait are served now. */
    public void goOn() {
        relay.goOn();
    }

    @Override
    public void close() {
        relay.close();
        server.stop();
    }

    private static Mail read(String to, MimeMessage message) {
        try {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            for (Header header : Collections.list(message.getAllHeaders())) {
                headers.computeIfAbsent(header.getName(), name -> new ArrayList<>())
                        .add(header.getValue());
            }
            return new Mail(
                    to,
                    message.getFrom()[0].toString(),
                    Optional.ofNullable(message.getSubject()).orElse(""),
                    body(message, "text/plain").orElse(""),
                    body(message, "text/html").orElse(null),
                    headers,
                    Instant.now());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first part of that type, decoded. */
    private static Optional<String> body(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return Optional.of(part.getContent().toString());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                Optional<String> found = body(parts.getBodyPart(i), type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
