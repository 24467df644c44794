package io.postern.demo;

import io.postern.demo.account.User;
import io.postern.demo.client.RememberedComputer;
import io.postern.demo.web.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What a computer keeps so that it is remembered: one cookie for each person who signs in on it (rule G3), out of reach of
 * scripts and of neighbouring hosts. It has no end in common with the session and outlives a sign-out.
 *
 * <p>A name that begins with {@code __Host-} demands {@code Secure}. Chromium and Firefox keep such a cookie on
 * {@code http://localhost} too, which they trust as they trust HTTPS; a browser that does not is asked for a code each time.
 */
final class ComputerCookie {
    private static final String PREFIX = "__Host-demo-admin-computer-";

    private ComputerCookie() {}

    /** What this computer kept for the person, if anything; whether it is good is Postern's to say. */
    static Optional<String> read(Request request, User user) {
        return request.cookie(name(user)).filter(token -> token.matches("[A-Za-z0-9._-]{1,512}"));
    }

    /** The cookie that takes the place of the one before. */
    static String of(User user, RememberedComputer computer, Instant now) {
        long seconds = Math.max(0, Duration.between(now, computer.until()).toSeconds());
        return name(user) + "=" + computer.token() + "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=" + seconds;
    }

    /** Of whom it is, without telling: the next person at this computer may look at its cookies. */
    private static String name(User user) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(user.id().getBytes(StandardCharsets.UTF_8));
            return PREFIX
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(digest)
                            .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
