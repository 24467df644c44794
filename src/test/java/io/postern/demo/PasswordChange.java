package io.postern.demo;

import io.postern.demo.Standing.SignedIn;
import io.postern.demo.account.PasswordThrottle;
import io.postern.demo.account.User;
import io.postern.demo.account.Users;
import io.postern.demo.client.PosternClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.FieldError;
import io.postern.demo.page.Notice;
import io.postern.demo.page.PasswordPage;
import io.postern.demo.web.Response;
import java.lang.System.Logger;
import java.util.List;

/** A new password, after which every computer is asked for a code again: whoever knew the old one may be signed in there. */
final class PasswordChange {
    private static final Logger LOG = System.getLogger(PasswordChange.class.getName());
    private static final int SHORTEST = 8; // NIST SP 800-63B-4 section 3.1.1.2, beside a second factor
    private static final int LONGEST = 256;

    private final Users users;
    private final PasswordThrottle throttle;
    private final PosternClient postern;
    private final Sessions sessions;

    PasswordChange(Users users, PasswordThrottle throttle, PosternClient postern, Sessions sessions) {
        this.users = users;
        this.throttle = throttle;
        this.postern = postern;
        this.sessions = sessions;
    }

    Response show(Visit visit, Session session, SignedIn standing) {
        return Response.page(200, PasswordPage.html(visit.frame(), List.of()));
    }

    Response take(Visit visit, Session session, SignedIn standing) {
        User user = standing.user();
        String wanted = visit.request().formAsTyped("new-password");
        if (wanted.length() < SHORTEST || wanted.length() > LONGEST) {
            return again(visit, 422, "new-password", "Use at least " + SHORTEST + " characters.");
        }
        String address = visit.request().address();
        if (!throttle.claim(user.id(), address)) {
            return again(visit, 429, "password", "Too many tries. Wait five minutes.");
        }
        if (users.authenticate(user.id(), visit.request().formAsTyped("password"))
                .isEmpty()) {
            return again(visit, 422, "password", "That is not your password.");
        }
        throttle.clear(user.id(), address);
        return change(session, user, wanted);
    }

    /** Forgets first: a computer that is asked once too often harms nobody. */
    private Response change(Session session, User user, String wanted) {
        try {
            postern.forgetDevices(user.id());
        } catch (ProblemException | UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "A password was left as it is: {0}", e.getMessage());
            session.leave(Notice.failed("Your password could not be changed right now. It is the same as before."));
            return Response.seeOther("/profile");
        }
        users.changePassword(user, wanted);
        sessions.endOthers(user, session);
        session.leave(Notice.done("Your password is changed. Every computer is asked for a code at its next sign-in."));
        return Response.seeOther("/profile");
    }

    private static Response again(Visit visit, int status, String field, String sentence) {
        return Response.page(status, PasswordPage.html(visit.frame(), List.of(new FieldError(field, sentence))));
    }
}
