package io.postern.demo;

import io.postern.demo.Standing.MustEnroll;
import io.postern.demo.Standing.SignedIn;
import io.postern.demo.client.NewFactor;
import io.postern.demo.client.PosternClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.FactorKind;
import io.postern.demo.page.FieldError;
import io.postern.demo.page.LabelField;
import io.postern.demo.page.Notice;
import io.postern.demo.page.SetUpPage;
import io.postern.demo.web.Response;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Setting up an authenticator app: from the image to the first code. */
final class Enrollment {
    private static final Logger LOG = System.getLogger(Enrollment.class.getName());

    private final PosternClient postern;
    private final Changes changes;
    private final Sessions sessions;
    private final Clock clock;

    Enrollment(PosternClient postern, Changes changes, Sessions sessions, Clock clock) {
        this.postern = postern;
        this.changes = changes;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Goes on with what was begun, if there is something: Postern lets a person begin three at most. */
    Response begin(Visit visit, Session session, Standing standing) {
        return open(session).isPresent()
                ? Response.seeOther("/set-up")
                : changes.attempt(visit, session, new Change.AddFactor(FactorKind.TOTP));
    }

    Response show(Visit visit, Session session, Standing standing) {
        return open(session)
                .map(setUp -> page(visit, 200, setUp, setUp.label(), List.of()))
                .orElseGet(() -> Response.seeOther(place(standing)));
    }

    Response take(Visit visit, Session session, Standing standing) {
        return open(session)
                .map(setUp -> activate(visit, session, setUp))
                .orElseGet(() -> Response.seeOther(place(standing)));
    }

    private Response activate(Visit visit, Session session, SetUp setUp) {
        String label = visit.request().form("label");
        String code = FactorKind.TOTP.normalize(visit.request().form("code"));
        List<FieldError> errors = check(label, code);
        if (!errors.isEmpty()) {
            return page(visit, 422, setUp, label, errors);
        }
        NewFactor factor = setUp.factor();
        try {
            postern.activate(session.standing().user().id(), factor.id(), code, setUp.proof());
        } catch (ProblemException e) {
            return refused(visit, session, setUp, label, e);
        } catch (UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "A set-up could not be finished: {0}", e.getMessage());
            return page(visit, 503, setUp, label, List.of(new FieldError("code", CodeResult.UNKNOWN.sentence())));
        }
        rename(session, factor, label);
        return finish(session, label);
    }

    private Response refused(Visit visit, Session session, SetUp setUp, String label, ProblemException problem) {
        if (problem.needsProof() && session.standing() instanceof SignedIn) {
            session.begin(setUp.named(label));
            return changes.askForProof(visit, session, new Change.FinishSetUp(), problem.levelOfProof());
        }
        return switch (CodeResult.of(problem)) {
            case CodeResult.Again again ->
                page(visit, again.status(), setUp, label, List.of(new FieldError("code", again.sentence())));
            case CodeResult.Ended ended -> {
                session.endSetUp();
                session.leave(Notice.failed(ended.sentence() + " Begin the set-up again."));
                yield Response.seeOther(place(session.standing()));
            }
            case CodeResult.Passed passed -> throw new IllegalStateException("A refusal does not pass");
        };
    }

    /** The name was asked for on the same page as the code, after the factor was made under another. */
    private void rename(Session session, NewFactor factor, String label) {
        if (label.equals(factor.label())) {
            return;
        }
        try {
            postern.rename(session.standing().user().id(), factor.id(), label);
        } catch (ProblemException | UnavailableException e) {
            // The app is set up all the same, and its name can be changed in the profile.
            LOG.log(Logger.Level.WARNING, "A new factor kept its first name: {0}", e.getMessage());
        }
    }

    private Response finish(Session session, String label) {
        session.endSetUp();
        sessions.endOthers(session.standing().user(), session);
        Session kept = session.standing() instanceof MustEnroll(var user)
                ? sessions.raise(session, new SignedIn(user, clock.instant(), Optional.empty()))
                : session;
        kept.leave(Notice.done("“" + label + "” is set up. From now on a sign-in asks for its codes."));
        return Gate.enter(kept, "/profile");
    }

    Response cancel(Visit visit, Session session, Standing standing) {
        Optional<SetUp> setUp = open(session);
        session.endSetUp();
        setUp.ifPresent(begun -> forget(standing, begun.factor()));
        return Response.seeOther(place(standing));
    }

    /** A courtesy: a pending factor proves nothing, and ends by itself within 15 minutes where this does not succeed. */
    private void forget(Standing standing, NewFactor factor) {
        try {
            postern.removeFactor(standing.user().id(), factor.id(), Optional.empty());
        } catch (ProblemException | UnavailableException e) {
            LOG.log(Logger.Level.DEBUG, "A pending factor is left to its end: {0}", e.getMessage());
        }
    }

    private Optional<SetUp> open(Session session) {
        return session.setUp()
                .filter(setUp -> clock.instant().isBefore(setUp.factor().expiresAt()));
    }

    private static List<FieldError> check(String label, String code) {
        var errors = new ArrayList<FieldError>();
        LabelField.check(label).ifPresent(errors::add);
        if (!FactorKind.TOTP.couldBe(code)) {
            errors.add(new FieldError("code", FactorKind.TOTP.complaint()));
        }
        return errors;
    }

    private static String place(Standing standing) {
        return standing instanceof SignedIn ? "/profile" : standing.path();
    }

    private static Response page(Visit visit, int status, SetUp setUp, String label, List<FieldError> errors) {
        return Response.page(status, SetUpPage.html(visit.frame(), setUp.factor(), label, errors));
    }
}
