package io.postern.demo;

import io.postern.demo.Change.AddFactor;
import io.postern.demo.Change.FinishSetUp;
import io.postern.demo.Change.RemoveFactor;
import io.postern.demo.Change.TurnOff;
import io.postern.demo.Standing.SignedIn;
import io.postern.demo.account.User;
import io.postern.demo.client.ChallengeAnswer.Pending;
import io.postern.demo.client.Level;
import io.postern.demo.client.NewFactor;
import io.postern.demo.client.PosternClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.ConfirmPage;
import io.postern.demo.page.Notice;
import io.postern.demo.web.Response;
import java.lang.System.Logger;
import java.util.Optional;

/**
 * Changes of a person's factors. Which of them need a proof, and of which level, is Postern's to say: the change is
 * tried without one, and where Postern answers {@code verification_required} the person is asked for a code that is good
 * for this change alone, after which it is tried again (the way of RFC 9470).
 */
final class Changes {
    private static final Logger LOG = System.getLogger(Changes.class.getName());

    private final PosternClient postern;
    private final SecondStep secondStep;
    private final Sessions sessions;

    Changes(PosternClient postern, SecondStep secondStep, Sessions sessions) {
        this.postern = postern;
        this.secondStep = secondStep;
        this.sessions = sessions;
    }

    /** Makes a change, or leads to the page that asks for the proof. */
    Response attempt(Visit visit, Session session, Change change) {
        try {
            return perform(session, change, Optional.empty());
        } catch (ProblemException e) {
            return e.needsProof() ? askForProof(visit, session, change, e.levelOfProof()) : refused(session, e);
        } catch (UnavailableException e) {
            return unknown(session, e);
        }
    }

    /** Begins a step-up for a change, and leads to its page. */
    Response askForProof(Visit visit, Session session, Change change, Level least) {
        try {
            var asked = secondStep.askForChange(session.standing().user(), change.action(), least, visit.request());
            if (asked.answer() instanceof Pending pending) {
                session.begin(new StepUp(change, new OpenChallenge(asked.request(), pending)));
                return Response.seeOther("/confirm");
            }
            return back(session, Notice.failed("This cannot be changed right now."));
        } catch (ProblemException e) {
            return refused(session, e);
        } catch (UnavailableException e) {
            return unknown(session, e);
        }
    }

    Response showConfirm(Visit visit, Session session, SignedIn standing) {
        return session.stepUp()
                .map(stepUp -> confirmPage(visit, 200, stepUp, visit.request().query("factor"), Optional.empty()))
                .orElseGet(() -> Response.seeOther("/profile"));
    }

    Response takeConfirm(Visit visit, Session session, SignedIn standing) {
        return session.stepUp()
                .map(stepUp -> confirm(visit, session, stepUp))
                .orElseGet(() -> Response.seeOther("/profile"));
    }

    private Response confirm(Visit visit, Session session, StepUp stepUp) {
        String factor = visit.request().form("factor");
        return switch (secondStep.submit(
                stepUp.challenge(), factor, visit.request().form("code"))) {
            case CodeResult.Passed passed -> {
                session.endStepUp();
                yield performProven(session, stepUp.change(), passed.token());
            }
            case CodeResult.Again again ->
                confirmPage(visit, again.status(), stepUp, Optional.of(factor), Optional.of(again.sentence()));
            case CodeResult.Ended ended -> {
                session.endStepUp();
                yield back(session, Notice.failed(ended.sentence() + " Nothing was changed."));
            }
        };
    }

    private Response performProven(Session session, Change change, String proof) {
        try {
            return perform(session, change, Optional.of(proof));
        } catch (ProblemException e) {
            return refused(session, e);
        } catch (UnavailableException e) {
            return unknown(session, e);
        }
    }

    private Response perform(Session session, Change change, Optional<String> proof) {
        User user = session.standing().user();
        return switch (change) {
            case AddFactor(var kind) -> {
                NewFactor begun = postern.addFactor(user.id(), kind.type(), kind.title(), proof);
                session.begin(new SetUp(begun, begun.label(), proof));
                yield Response.seeOther("/set-up");
            }
            case FinishSetUp() -> {
                proof.ifPresent(newer -> session.setUp().ifPresent(old -> session.begin(old.with(newer))));
                session.leave(Notice.done("Thank you. Now type the newest code of the new app."));
                yield Response.seeOther("/set-up");
            }
            case RemoveFactor(var id, var label) -> {
                postern.removeFactor(user.id(), id, proof);
                yield changed(session, "“" + label + "” is removed.");
            }
            case TurnOff() -> {
                postern.disable(user.id(), proof);
                yield changed(session, "Two-factor authentication is off.");
            }
        };
    }

    private Response changed(Session session, String sentence) {
        sessions.endOthers(session.standing().user(), session);
        session.endSetUp();
        return back(session, Notice.done(sentence));
    }

    private static Response refused(Session session, ProblemException problem) {
        LOG.log(Logger.Level.INFO, "A change of factors was refused: {0}", problem.getMessage());
        return back(
                session,
                Notice.failed(
                        problem.status() == 404
                                ? "That is no longer there."
                                : "This was refused (" + problem.code() + "). Nothing was changed."));
    }

    private static Response unknown(Session session, UnavailableException why) {
        LOG.log(Logger.Level.WARNING, "Nobody can tell whether a change was made: {0}", why.getMessage());
        return back(
                session, Notice.failed("There was no answer to this. Look below whether it was done, then try again."));
    }

    private static Response back(Session session, Notice notice) {
        session.leave(notice);
        return Response.seeOther(
                session.standing() instanceof SignedIn
                        ? "/profile"
                        : session.standing().path());
    }

    private static Response confirmPage(
            Visit visit, int status, StepUp stepUp, Optional<String> factor, Optional<String> error) {
        Change change = stepUp.change();
        return Response.page(
                status,
                ConfirmPage.html(
                        visit.frame(),
                        change.title(),
                        change.consequence(),
                        change.button(),
                        SecondStep.prompt("/confirm", stepUp.challenge(), factor, error)));
    }
}
