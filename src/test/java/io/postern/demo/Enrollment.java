package io.postern.demo;

import io.postern.demo.Standing.MustEnroll;
import io.postern.demo.Standing.SignedIn;
import io.postern.demo.account.User;
import io.postern.demo.client.NewFactor;
import io.postern.demo.client.PosternClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.RecoveryCodes;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.Confirmation;
import io.postern.demo.page.DestinationPage;
import io.postern.demo.page.EnrollPage;
import io.postern.demo.page.FactorKind;
import io.postern.demo.page.FieldError;
import io.postern.demo.page.FirstCodePage;
import io.postern.demo.page.LabelField;
import io.postern.demo.page.Notice;
import io.postern.demo.page.SetUpPage;
import io.postern.demo.page.WaysPage;
import io.postern.demo.web.Response;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Setting up a factor: from the image for an app, or the address that codes go to, to the first code. */
final class Enrollment {
    private static final Logger LOG = System.getLogger(Enrollment.class.getName());

    private final PosternClient postern;
    private final Changes changes;
    private final FirstCodes firstCodes;
    private final Sessions sessions;
    private final Clock clock;

    Enrollment(PosternClient postern, Changes changes, FirstCodes firstCodes, Sessions sessions, Clock clock) {
        this.postern = postern;
        this.changes = changes;
        this.firstCodes = firstCodes;
        this.sessions = sessions;
        this.clock = clock;
    }

    Response showWays(Visit visit, Session session, Standing standing) {
        return standing instanceof SignedIn
                ? Response.page(200, WaysPage.html(visit.frame(), sessions.newId()))
                : Response.seeOther(standing.path());
    }

    /** For whoever has to set up a factor before anything else opens. */
    Response showRequired(Visit visit, Session session, MustEnroll standing) {
        return Response.page(200, EnrollPage.html(visit.frame(), sessions.newId(), grace(standing)));
    }

    /** In the grace period: lets the person in, who is asked again the next time. */
    Response skipRequired(Visit visit, Session session, MustEnroll standing) {
        if (grace(standing).isEmpty()) {
            return Response.seeOther(standing.path());
        }
        cancel(session);
        var signedIn = new SignedIn(standing.user(), clock.instant(), Optional.empty(), Optional.empty());
        return Gate.enter(sessions.raise(session, signedIn), signedIn.path());
    }

    private Optional<Instant> grace(MustEnroll standing) {
        return standing.graceUntil().filter(end -> clock.instant().isBefore(end));
    }

    /**
     * Begins with an authenticator app, or goes on with the one that was begun: Postern lets a person begin three at most.
     */
    Response begin(Visit visit, Session session, Standing standing) {
        if (open(session).filter(setUp -> setUp.kind() == FactorKind.TOTP).isPresent()) {
            return Response.seeOther("/set-up");
        }
        cancel(session);
        String title = FactorKind.TOTP.title();
        return changes.attempt(
                visit, session, new Change.AddFactor(FactorKind.TOTP, title, Optional.empty(), once(visit)));
    }

    /** Where an address or a number is typed; it begins with what the person typed last. */
    Response showDestination(FactorKind kind, Visit visit, Session session) {
        User user = session.standing().user();
        Draft draft =
                draft(session, kind).orElseGet(() -> Draft.empty(kind, kind == FactorKind.EMAIL ? user.email() : ""));
        return destinationPage(visit, draft.errors().isEmpty() ? 200 : 422, draft);
    }

    Response takeDestination(FactorKind kind, Visit visit, Session session) {
        Optional<String> proof = draft(session, kind).flatMap(Draft::proof);
        String label = visit.request().form("label");
        String destination = visit.request().form("destination");
        List<FieldError> errors = DestinationPage.check(kind, destination, label);
        if (!errors.isEmpty()) {
            return destinationPage(visit, 422, new Draft(kind, label, destination, errors, proof));
        }
        cancel(session);
        session.endDraft();
        var addition = new Change.AddFactor(kind, label, Optional.of(destination), once(visit));
        return changes.attempt(visit, session, addition, proof);
    }

    private static Optional<Draft> draft(Session session, FactorKind kind) {
        return session.draft().filter(begun -> begun.kind() == kind);
    }

    private Response destinationPage(Visit visit, int status, Draft draft) {
        return Response.page(
                status,
                DestinationPage.html(
                        visit.frame(),
                        draft.kind(),
                        draft.destination(),
                        draft.label(),
                        draft.errors(),
                        sessions.newId()));
    }

    /** What the form carries, so that sending it twice begins one factor. */
    private String once(Visit visit) {
        return Optional.of(visit.request().form("once")).filter(Sessions::isId).orElseGet(sessions::newId);
    }

    Response show(Visit visit, Session session, Standing standing) {
        return open(session)
                .map(setUp -> firstCodes.look(session, setUp))
                .map(setUp -> page(visit, 200, setUp, setUp.label(), List.of()))
                .orElseGet(() -> Response.seeOther(place(standing)));
    }

    Response take(Visit visit, Session session, Standing standing) {
        return open(session)
                .map(setUp -> activate(visit, session, setUp))
                .orElseGet(() -> Response.seeOther(place(standing)));
    }

    Response sendAgain(Visit visit, Session session, Standing standing) {
        open(session)
                .filter(setUp -> setUp.kind().isSent())
                .ifPresent(setUp -> firstCodes.again(session, setUp, once(visit)));
        return Response.seeOther("/set-up");
    }

    Response sendConfirmation(Visit visit, Session session, Standing standing) {
        open(session).ifPresent(setUp -> firstCodes.confirmation(session, setUp, once(visit)));
        return Response.seeOther("/set-up");
    }

    Response delivery(Visit visit, Session session, Standing standing) {
        return open(session)
                .map(setUp -> firstCodes.look(session, setUp))
                .flatMap(setUp -> setUp.sends().sent().map(sent -> CodeSends.news(setUp.kind(), sent.delivery())))
                .orElseGet(() -> Response.json("{\"final\":true}"));
    }

    private Response activate(Visit visit, Session session, SetUp setUp) {
        // Where codes are sent, the name was asked for with the destination.
        String label = setUp.kind().isSent() ? setUp.label() : visit.request().form("label");
        String code = setUp.kind().normalize(visit.request().form("code"));
        Optional<String> emailCode = setUp.factor()
                .confirmationTo()
                .map(to -> FactorKind.EMAIL.normalize(visit.request().form(Confirmation.FIELD)));
        List<FieldError> errors = check(setUp.kind(), label, code, emailCode);
        if (!errors.isEmpty()) {
            return page(visit, 422, setUp, label, errors);
        }
        NewFactor factor = setUp.factor();
        RecoveryCodes codes;
        try {
            codes = postern.activate(session.standing().user().id(), factor.id(), code, emailCode, setUp.proof());
        } catch (ProblemException e) {
            return refused(visit, session, setUp, label, e);
        } catch (UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "A set-up could not be finished: {0}", e.getMessage());
            return page(visit, 503, setUp, label, List.of(new FieldError("code", CodeResult.UNKNOWN.sentence())));
        }
        rename(session, factor, label);
        return finish(session, label, codes);
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

    private Response finish(Session session, String label, RecoveryCodes codes) {
        session.endSetUp();
        sessions.endOthers(session.standing().user(), session);
        Session kept = session.standing() instanceof MustEnroll(var user, var graceUntil)
                ? sessions.raise(session, new SignedIn(user, clock.instant(), Optional.empty(), Optional.empty()))
                : session;
        kept.leave(Notice.done("“" + label + "” is set up. From now on a sign-in asks for its codes."));
        if (codes.codes().isEmpty()) {
            return Gate.enter(kept, "/profile");
        }
        kept.show(codes);
        return Gate.enter(kept, "/recovery-codes");
    }

    Response cancel(Visit visit, Session session, Standing standing) {
        cancel(session);
        session.endDraft();
        return Response.seeOther(place(standing));
    }

    private void cancel(Session session) {
        Optional<SetUp> setUp = open(session);
        session.endSetUp();
        setUp.ifPresent(begun -> forget(session.standing(), begun.factor()));
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

    private static List<FieldError> check(FactorKind kind, String label, String code, Optional<String> emailCode) {
        var errors = new ArrayList<FieldError>();
        LabelField.check(label).ifPresent(errors::add);
        if (!kind.couldBe(code)) {
            errors.add(new FieldError("code", kind.complaint()));
        }
        emailCode
                .filter(typed -> !FactorKind.EMAIL.couldBe(typed))
                .map(typed -> new FieldError(Confirmation.FIELD, FactorKind.EMAIL.complaint()))
                .ifPresent(errors::add);
        return errors;
    }

    private static String place(Standing standing) {
        return standing instanceof SignedIn ? "/profile" : standing.path();
    }

    private Response page(Visit visit, int status, SetUp setUp, String label, List<FieldError> errors) {
        return Response.page(
                status,
                setUp.kind().isSent()
                        ? FirstCodePage.html(visit.frame(), setUp.factor(), firstCodes.note(setUp), errors)
                        : SetUpPage.html(visit.frame(), setUp.factor(), label, errors, sessions.newId()));
    }
}
