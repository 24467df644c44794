package io.postern.demo;

import io.postern.demo.account.User;
import io.postern.demo.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The sessions of this process. A demo keeps them in its memory and forgets them when it ends; Postern itself keeps
 * nothing there.
 *
 * <p>A visitor who has not signed in has an id in a cookie and no session, so that visits alone fill no memory. The
 * secret of the forms (against cross-site request forgery) is a MAC of the id, and so needs no memory either.
 */
final class Sessions {
    // Served over HTTPS, as a product is, the cookie is also Secure and called __Host-…, so that no neighbouring host
    // can plant one.
    static final String COOKIE = "demo-admin-session";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final SecureRandom random;
    private final Clock clock;
    private final SecretKeySpec formKey;

    Sessions(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
        byte[] key = new byte[32];
        random.nextBytes(key);
        this.formKey = new SecretKeySpec(key, "HmacSHA256");
    }

    /** 256 random bits, base64url. */
    String newId() {
        byte[] id = new byte[32];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    Optional<Session> find(String id) {
        Instant now = clock.instant();
        Optional<Session> session = Optional.ofNullable(sessions.get(id)).filter(found -> !found.isOver(now));
        session.ifPresent(found -> found.seen(now));
        return session;
    }

    /** A session for somebody who has just shown the password, under an id that nobody had before. */
    Session start(Standing standing) {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> session.isOver(now));
        var session = new Session(newId(), standing, now);
        sessions.put(session.id(), session);
        return session;
    }

    /**
     * Ends a session for the sake of one of a higher standing.
     *
     * @throws RefusedException if the old one has ended meanwhile, by a sign-out elsewhere for example
     */
    Session raise(Session old, Standing standing) {
        if (!sessions.remove(old.id(), old)) {
            throw new RefusedException(409, "This sign-in has ended in another window.");
        }
        return start(standing);
    }

    void end(Session session) {
        sessions.remove(session.id(), session);
    }

    /** After a change of factors, whoever else is signed in as this person has to sign in anew. */
    void endOthers(User user, Session kept) {
        sessions.values()
                .removeIf(session -> !session.id().equals(kept.id())
                        && session.standing().user().id().equals(user.id()));
    }

    /** What each form of this visitor carries back. */
    String formSecret(String id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(formKey);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(id.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    boolean isFormSecret(String id, String secret) {
        return MessageDigest.isEqual(
                formSecret(id).getBytes(StandardCharsets.US_ASCII), secret.getBytes(StandardCharsets.UTF_8));
    }

    static String cookie(String id) {
        return COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Lax";
    }
}
