package io.postern.demo;

import io.postern.demo.Standing.SignedIn;
import io.postern.demo.client.Factor;
import io.postern.demo.client.PosternClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.Subject;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.FieldError;
import io.postern.demo.page.HomePage;
import io.postern.demo.page.LabelField;
import io.postern.demo.page.Notice;
import io.postern.demo.page.ProfilePage;
import io.postern.demo.page.ProfilePage.Settings;
import io.postern.demo.page.RenamePage;
import io.postern.demo.web.Response;
import java.lang.System.Logger;
import java.util.List;
import java.util.Optional;

/** The pages of somebody who is signed in, and the two-factor menu. */
final class Profile {
    private static final Logger LOG = System.getLogger(Profile.class.getName());

    private final PosternClient postern;
    private final Changes changes;

    Profile(PosternClient postern, Changes changes) {
        this.postern = postern;
        this.changes = changes;
    }

    Response showHome(Visit visit, Session session, SignedIn standing) {
        return Response.page(200, HomePage.html(visit.frame(), standing.user(), standing.since(), standing.proof()));
    }

    Response show(Visit visit, Session session, SignedIn standing) {
        Optional<Settings> settings = settings(standing);
        return Response.page(
                settings.isPresent() ? 200 : 503, ProfilePage.html(visit.frame(), standing.user(), settings));
    }

    Response showRename(Visit visit, Session session, SignedIn standing) {
        return factor(standing, visit.request().query("factor").orElse(""))
                .map(factor -> Response.page(200, RenamePage.html(visit.frame(), factor, factor.label(), List.of())))
                .orElseGet(() -> gone(session));
    }

    Response rename(Visit visit, Session session, SignedIn standing) {
        String label = visit.request().form("label");
        Optional<FieldError> error = LabelField.check(label);
        Optional<Factor> factor = factor(standing, visit.request().form("factor"));
        if (factor.isEmpty()) {
            return gone(session);
        }
        if (error.isPresent()) {
            return Response.page(422, RenamePage.html(visit.frame(), factor.get(), label, List.of(error.get())));
        }
        return edit(
                session,
                () -> postern.rename(standing.user().id(), factor.get().id(), label),
                "It is now called “" + label + "”.");
    }

    Response makeDefault(Visit visit, Session session, SignedIn standing) {
        return edit(
                session,
                () -> postern.makeDefault(standing.user().id(), visit.request().form("factor")),
                "From now on this one is asked for first.");
    }

    /** The last one goes by turning two-factor off, which is what it amounts to, and what the person is told. */
    Response remove(Visit visit, Session session, SignedIn standing) {
        Optional<Subject> subject = subject(standing);
        Optional<Factor> factor = subject.flatMap(s -> s.factor(visit.request().form("factor")));
        if (subject.isEmpty() || factor.isEmpty()) {
            return gone(session);
        }
        Change change = subject.get().factors().size() > 1
                ? new Change.RemoveFactor(factor.get().id(), factor.get().label())
                : new Change.TurnOff();
        return changes.attempt(visit, session, change);
    }

    Response turnOff(Visit visit, Session session, SignedIn standing) {
        return changes.attempt(visit, session, new Change.TurnOff());
    }

    Response prefer(Visit visit, Session session, SignedIn standing) {
        boolean always = visit.request().form("always").equals("yes");
        return edit(
                session,
                () -> postern.prefer(standing.user().id(), always),
                always
                        ? "From now on every sign-in asks for a code."
                        : "From now on a computer is asked once, and then not for some days.");
    }

    private Response edit(Session session, Runnable call, String done) {
        try {
            call.run();
            session.leave(Notice.done(done));
        } catch (ProblemException | UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "A factor could not be edited: {0}", e.getMessage());
            session.leave(Notice.failed("This could not be changed right now."));
        }
        return Response.seeOther("/profile");
    }

    private Optional<Factor> factor(SignedIn standing, String id) {
        return subject(standing).flatMap(subject -> subject.factor(id));
    }

    /** The person's factors; nothing where Postern does not tell, for which there is no substitute. */
    private Optional<Subject> subject(SignedIn standing) {
        try {
            return Optional.of(postern.subject(standing.user().id()));
        } catch (ProblemException | UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "The factors could not be read: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Settings> settings(SignedIn standing) {
        try {
            String user = standing.user().id();
            return Optional.of(new Settings(postern.subject(user), postern.devices(user), standing.computer()));
        } catch (ProblemException | UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "The settings could not be read: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Response gone(Session session) {
        session.leave(Notice.failed("That is no longer there, or it cannot be read right now."));
        return Response.seeOther("/profile");
    }
}
