package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.Build;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Postern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The way to the mail server is as safe as the operator has configured it: a code and the login go out over TLS, to the server
 * that is meant, or not at all. Configured as docs/configuration.md says, with a certificate authority of the operator's own.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class MailTlsIT {
    private static final Duration SOON = Duration.ofSeconds(45);
    private static final String PASSWORD = "S3cret-of-the-mail-server";

    private final Authority authority =
            Authority.named("authority", Build.directory().resolve("mail-tls"));
    private final SSLContext trusted = authority.serverOf("localhost");
    private final SecureSmtp smtp = SecureSmtp.withStartTls(trusted, PASSWORD);
    private final Postern postern =
            Postern.start(configured(smtp).withEnvironment("QUARKUS_MAILER_START_TLS", "REQUIRED"));
    private final Posting posting = Posting.to(postern);

    @BeforeAll
    void connect() {
        smtp.passOnTo(postern.mail().port());
    }

    @AfterEach
    void mend() {
        smtp.offerTls(true);
        smtp.present(trusted);
        smtp.accept(PASSWORD);
    }

    @AfterAll
    void close() {
        posting.close();
        postern.close();
        smtp.close();
    }

    private Postern.Options configured(SecureSmtp server) {
        return Postern.Options.DEFAULT
                .withCopies(1)
                .withDelivery()
                .withEnvironment("QUARKUS_MAILER_HOST", "localhost")
                .withEnvironment("QUARKUS_MAILER_PORT", Integer.toString(server.port()))
                .withEnvironment("QUARKUS_MAILER_USERNAME", SecureSmtp.USERNAME)
                .withEnvironment("QUARKUS_MAILER_PASSWORD", PASSWORD)
                .withEnvironment("QUARKUS_MAILER_LOGIN", "REQUIRED")
                .withEnvironment("QUARKUS_MAILER_TLS_CONFIGURATION_NAME", "mail")
                .withEnvironment(
                        "QUARKUS_TLS_MAIL_TRUST_STORE_PEM_CERTS",
                        authority.certificate().toAbsolutePath().toString());
    }

    @Test
    void mailArrivesOverTlsWithALogin() {
        int before = smtp.logins();
        var message = Posting.mail(Posting.address());

        posting.queue(message);

        awaitMail(postern, message);
        assertTrue(smtp.logins() > before);
        assertNothingInClear(smtp);
    }

    @Test
    void nothingIsSentToAServerThatOffersNoTls() {
        smtp.offerTls(false);
        assertNotSent("tls", () -> smtp.offerTls(true));
    }

    @Test
    void nothingIsSentToAServerWhoseCertificateIsNotTrusted() {
        var other = Authority.named("stranger", Build.directory().resolve("mail-tls"));
        smtp.present(other.serverOf("localhost"));
        assertNotSent("tls", () -> smtp.present(trusted));
    }

    @Test
    void nothingIsSentToAServerWithTheCertificateOfAnotherHost() {
        smtp.present(authority.serverOf("mail.elsewhere.example"));
        assertNotSent("tls", () -> smtp.present(trusted));
    }

    @Test
    void nothingIsSentWithoutALogin() {
        smtp.accept("another password");
        assertNotSent("login", () -> smtp.accept(PASSWORD));
        assertTrue(smtp.refusedLogins() > 0);
    }

    /** It is the operator's mistake and soon mended, so the mail is not given up before its end. */
    @Test
    void wrongPasswordIsTriedUntilTheEndOfTheMessageAndNotAfterIt() {
        smtp.accept("another password");
        int before = smtp.refusedLogins();
        var told = Told.queued(postern);
        var message = Posting.mail(Posting.address(), Instant.now().plusSeconds(6), told.receipt());

        posting.queue(message);

        told.await("retrying");
        told.await("failed");
        assertTrue(smtp.refusedLogins() - before > 1, "it was tried once");
        smtp.accept(PASSWORD);
        var next = Posting.mail(Posting.address());
        posting.queue(next);
        awaitMail(postern, next);
        assertEquals(List.of(), postern.mail().mailsTo(message.to()));
    }

    @Test
    void wrongPasswordSlowsNoCallAndItsStateIsSeen() {
        smtp.accept("another password");
        var api = postern.api(SeededClient.DEMO_ADMIN);
        var path = "/v1/subjects/mail-tls-" + UUID.randomUUID();
        api.put(path, Map.of()).expect(201);
        var address = Correspondent.newAddress();

        var begin = Instant.now();
        var pending = Correspondent.begin(api, path, "email", address).expect(201);
        assertTrue(Duration.between(begin, Instant.now()).compareTo(Duration.ofSeconds(4)) < 0, "the call waited");

        assertEquals("queued", pending.text("delivery"));
        var factor = path + "/factors/" + pending.text("id");
        Await.until(SOON, "it is tried again", () -> state(api, factor).equals("retrying"));
        smtp.accept(PASSWORD);
        Await.until(SOON, "it is sent", () -> state(api, factor).equals("sent"));
        assertEquals(1, Correspondent.codes(postern, address, 1).size());
    }

    /** RULES C4: neither the password nor the code of a failed try. */
    @Test
    void passwordStandsInNoLogAndOnNoPage() {
        smtp.accept("another password");
        var told = Told.queued(postern);
        posting.queue(Posting.mail(Posting.address(), Instant.now().plusSeconds(60), told.receipt()));
        told.await("retrying");
        smtp.accept(PASSWORD);
        told.await("sent");

        var said = log() + metrics() + health();
        assertTrue(said.contains("fails (login)"), "it is logged");
        for (var form : List.of(PASSWORD, base64(PASSWORD), base64("\0" + SecureSmtp.USERNAME + "\0" + PASSWORD))) {
            assertFalse(said.contains(form), form);
        }
        assertFalse(said.contains("482913"));
    }

    /** Whoever stands in between takes the offer out, and would be given the password next. */
    @Test
    void loginIsNeverMadeBeforeTlsEvenWhereTlsIsOptional() {
        try (var server = SecureSmtp.withStartTls(trusted, PASSWORD);
                var own = Postern.start(configured(server));
                var ownPosting = Posting.to(own)) {
            server.passOnTo(own.mail().port());
            server.offerTls(false);
            var told = Told.queued(own);
            var message = Posting.mail(Posting.address(), Instant.now().plusSeconds(600), told.receipt());
            ownPosting.queue(message);
            told.await("retrying");
            assertNothingInClear(server);
            assertEquals(0, server.logins());

            server.offerTls(true);
            awaitMail(own, message);
            assertNothingInClear(server);
        }
    }

    @Test
    void mailArrivesOverTlsFromTheFirstByte() {
        try (var server = SecureSmtp.withImplicitTls(authority.serverOf("mail.elsewhere.example"), PASSWORD);
                var own = Postern.start(configured(server).withEnvironment("QUARKUS_MAILER_TLS", "true"));
                var ownPosting = Posting.to(own)) {
            server.passOnTo(own.mail().port());
            var told = Told.queued(own);
            var message = Posting.mail(Posting.address(), Instant.now().plusSeconds(600), told.receipt());
            ownPosting.queue(message);
            told.await("retrying");
            assertEquals(0, server.logins() + server.refusedLogins());

            server.present(trusted);
            awaitMail(own, message);
            assertEquals(1, server.logins());
            assertEquals(List.of(), server.clear());
        }
    }

    /** It waits, says why, and is sent once the server is as it should be. */
    private void assertNotSent(String reason, Runnable mended) {
        var told = Told.queued(postern);
        var message = Posting.mail(Posting.address(), Instant.now().plusSeconds(600), told.receipt());
        long before = failures(reason);
        posting.queue(message);

        told.await("retrying");
        Await.until(SOON, "it is counted", () -> failures(reason) > before);
        Await.until(SOON, "health says why", () -> health().contains(": " + reason));
        assertEquals(List.of(), postern.mail().mailsTo(message.to()));
        assertNothingInClear(smtp);

        mended.run();
        awaitMail(postern, message);
        told.await("sent");
    }

    private static void assertNothingInClear(SecureSmtp server) {
        assertEquals(
                List.of(),
                server.clear().stream()
                        .filter(line -> !line.matches("(EHLO|HELO) \\S+|STARTTLS|QUIT"))
                        .toList());
    }

    private static void awaitMail(Postern own, Message message) {
        Await.until(
                SOON,
                "the mail is there",
                () -> own.mail().mailsTo(message.to()).size() == 1);
    }

    private static String state(Api api, String factor) {
        return api.get(factor).expect(200).json().path("sent").path("delivery").asText();
    }

    private long failures(String reason) {
        return DeliveryPages.sum(metrics(), "postern_delivery_failures_total{", "reason=\"" + reason + "\"");
    }

    private String metrics() {
        return new DeliveryPages(postern).of(0);
    }

    private String health() {
        return Api.at(postern.first()).get("/q/health/group/delivery").body();
    }

    private String log() {
        try {
            return Files.readString(postern.logs().getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
