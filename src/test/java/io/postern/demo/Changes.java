package io.postern.demo;

import io.postern.demo.Change.AddFactor;
import io.postern.demo.Change.FinishSetUp;
import io.postern.demo.Change.NewRecoveryCodes;
import io.postern.demo.Change.RemoveFactor;
import io.postern.demo.Change.TurnOff;
import io.postern.demo.Standing.SignedIn;
import io.postern.demo.account.User;
import io.postern.demo.client.ChallengeAnswer.Pending;
import io.postern.demo.client.FactorRequest;
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
import java.util.function.BiFunction;

/**
 * Changes of a person's factors. Which of them need a proof, and of which level, is Postern's to say: the change is
 * tried without one, and where Postern answers {@code verification_required} the person is asked for a code that is good
 * for this change alone, after which it is tried again (the way of RFC 9470).
 */
final class Changes {
    private static final Logger LOG = System.getLogger(Changes.class.getName());

    private final PosternClient postern;
    private final SecondStep secondStep;
    private final CodeSends sends;
    private final Sessions sessions;

    Changes(PosternClient postern, SecondStep secondStep, CodeSends sends, Sessions sessions) {
        this.postern = postern;
        this.secondStep = secondStep;
        this.sends = sends;
        this.sessions = sessions;
    }

    /** Makes a change, or leads to the page that asks for the proof. */
    Response attempt(Visit visit, Session session, Change change) {
        return attempt(visit, session, change, Optional.empty());
    }

    /** {@link #attempt(Visit, Session, Change)} with a proof that was given for it before. */
    Response attempt(Visit visit, Session session, Change change, Optional<String> proof) {
        try {
            return perform(visit, session, change, proof);
        } catch (ProblemException e) {
            return e.needsProof()
                    ? askForProof(visit, session, change, e.levelOfProof())
                    : refused(session, change, proof, e);
        } catch (UnavailableException e) {
            return unknown(session, e);
        }
    }

    /** Begins a step-up for a change, and leads to its page. */
    Response askForProof(Visit visit, Session session, Change change, Level least) {
        try {
            var asked = secondStep.askForChange(session.standing().user(), change.action(), least, visit.request());
            if (asked.answer() instanceof Pending pending) {
                var challenge = new OpenChallenge(asked.request(), pending);
                challenge.first().ifPresent(factor -> sends.open(challenge, factor));
                session.begin(new StepUp(change, challenge));
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

    Response chooseWay(Visit visit, Session session, SignedIn standing) {
        return withChallenge(session, (path, challenge) -> sends.choose(visit, path, challenge));
    }

    Response sendAgain(Visit visit, Session session, SignedIn standing) {
        return withChallenge(session, (path, challenge) -> sends.again(visit, path, challenge));
    }

    Response delivery(Visit visit, Session session, SignedIn standing) {
        return withChallenge(session, (path, challenge) -> sends.delivery(visit, challenge));
    }

    private static Response withChallenge(Session session, BiFunction<String, OpenChallenge, Response> page) {
        return session.stepUp()
                .map(stepUp -> page.apply("/confirm", stepUp.challenge()))
                .orElseGet(() -> Response.seeOther("/profile"));
    }

    private Response confirm(Visit visit, Session session, StepUp stepUp) {
        String factor = visit.request().form("factor");
        return switch (secondStep.submit(
                stepUp.challenge(), factor, visit.request().form("code"))) {
            case CodeResult.Passed passed -> {
                session.endStepUp();
                yield performProven(visit, session, stepUp.change(), Optional.of(passed.token()));
            }
            case CodeResult.Again again ->
                confirmPage(visit, again.status(), stepUp, Optional.of(factor), Optional.of(again.sentence()));
            case CodeResult.Ended ended -> {
                session.endStepUp();
                yield back(session, Notice.failed(ended.sentence() + " Nothing was changed."));
            }
        };
    }

    private Response performProven(Visit visit, Session session, Change change, Optional<String> proof) {
        try {
            return perform(visit, session, change, proof);
        } catch (ProblemException e) {
            return refused(session, change, proof, e);
        } catch (UnavailableException e) {
            return unknown(session, e);
        }
    }

    private Response perform(Visit visit, Session session, Change change, Optional<String> proof) {
        User user = session.standing().user();
        return switch (change) {
            case AddFactor addition -> begin(visit, session, addition, proof);
            case FinishSetUp() -> {
                proof.ifPresent(newer -> session.setUp().ifPresent(old -> session.begin(old.with(newer))));
                session.leave(Notice.done("Thank you. Now type the newest code once more."));
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
            case NewRecoveryCodes() -> {
                session.show(postern.renewRecoveryCodes(user.id(), proof));
                sessions.endOthers(user, session);
                session.endSetUp();
                yield Response.seeOther("/recovery-codes");
            }
        };
    }

    private Response begin(Visit visit, Session session, AddFactor addition, Optional<String> proof) {
        String user = session.standing().user().id();
        var request = new FactorRequest(
                addition.kind().type(),
                addition.label(),
                addition.destination(),
                visit.request().address());
        NewFactor begun = postern.addFactor(user, request, addition.once(), proof);
        session.begin(SetUp.of(addition.kind(), proof, begun));
        session.endDraft();
        return Response.seeOther("/set-up");
    }

    private Response changed(Session session, String sentence) {
        sessions.endOthers(session.standing().user(), session);
        session.endSetUp();
        return back(session, Notice.done(sentence));
    }

    /** What is wrong with a destination is said beside it, and the proof that was given is kept for the next try. */
    private static Response refused(Session session, Change change, Optional<String> proof, ProblemException problem) {
        if (change instanceof AddFactor addition && addition.destination().isPresent()) {
            Optional<SendRefusal> refusal = SendRefusal.of(problem, addition.kind());
            if (refusal.isPresent()) {
                Draft draft = Draft.of(addition, refusal.get().sentence(), proof);
                session.begin(draft);
                return Response.seeOther(draft.path());
            }
        }
        return refused(session, problem);
    }

    private static Response refused(Session session, ProblemException problem) {
        LOG.log(Logger.Level.INFO, "A change of factors was refused: {0}", problem.getMessage());
        return back(
                session,
                Notice.failed(
                        switch (problem.code()) {
                            case "not_found" -> "That is no longer there.";
                            case "frozen" ->
                                "Nothing can be added, because somebody said that a change of your account was not theirs."
                                        + " Ask the person who administers this site.";
                            case "factor_not_allowed" -> "This site does not allow this way. Choose another one.";
                            case "too_many_factors" ->
                                "There are too many of these already. Remove one, or wait a quarter of an hour for those"
                                        + " that were begun and not finished.";
                            default -> "This was refused (" + problem.code() + "). Nothing was changed.";
                        }));
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

    private Response confirmPage(
            Visit visit, int status, StepUp stepUp, Optional<String> factor, Optional<String> error) {
        Change change = stepUp.change();
        return Response.page(
                status,
                ConfirmPage.html(
                        visit.frame(),
                        change.title(),
                        change.consequence(),
                        change.button(),
                        sends.prompt("/confirm", stepUp.challenge(), factor, error)));
    }
}
