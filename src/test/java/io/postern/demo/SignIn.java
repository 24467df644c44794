package io.postern.demo;

import io.postern.demo.Standing.AwaitingCode;
import io.postern.demo.Standing.MustEnroll;
import io.postern.demo.Standing.SignedIn;
import io.postern.demo.account.PasswordThrottle;
import io.postern.demo.account.User;
import io.postern.demo.account.Users;
import io.postern.demo.client.ChallengeAnswer;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.Proof;
import io.postern.demo.client.RememberedComputer;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.CodePage;
import io.postern.demo.page.FieldError;
import io.postern.demo.page.MessagePage;
import io.postern.demo.page.Notice;
import io.postern.demo.page.SignInPage;
import io.postern.demo.page.Words;
import io.postern.demo.web.Response;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From nobody to signed in: the password, then whatever Postern asks for. Where Postern does not answer, nobody gets
 * further, since nobody can tell then who has a second factor.
 */
final class SignIn {
    private static final Logger LOG = System.getLogger(SignIn.class.getName());

    private final Users users;
    private final Sessions sessions;
    private final SecondStep secondStep;
    private final CodeSends sends;
    private final PasswordThrottle throttle;
    private final Clock clock;

    SignIn(
            Users users,
            Sessions sessions,
            SecondStep secondStep,
            CodeSends sends,
            PasswordThrottle throttle,
            Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.secondStep = secondStep;
        this.sends = sends;
        this.throttle = throttle;
        this.clock = clock;
    }

    Response showPassword(Visit visit) {
        if (visit.session().map(Session::standing).orElse(null) instanceof SignedIn) {
            return Gate.elsewhere(visit);
        }
        return visit.request().query("signed-out").isPresent()
                ? Response.page(200, SignInPage.html(visit.frame(Notice.done("You are signed out.")), "", List.of()))
                : passwordPage(visit, 200, "", List.of());
    }

    Response takePassword(Visit visit) {
        String name = visit.request().form("username");
        String password = visit.request().formAsTyped("password");
        List<FieldError> missing = missing(name, password);
        if (!missing.isEmpty()) {
            return passwordPage(visit, 422, name, missing);
        }
        String address = visit.request().address();
        if (!throttle.claim(name, address)) {
            return passwordPage(
                    visit, 429, name, List.of(new FieldError("username", "Too many tries. Wait five minutes.")));
        }
        Optional<User> user = users.authenticate(name, password);
        if (user.isEmpty()) {
            return passwordPage(
                    visit, 422, name, List.of(new FieldError("username", "User name or password is wrong.")));
        }
        throttle.clear(name, address);
        return goOn(visit, user.get());
    }

    private Response goOn(Visit visit, User user) {
        try {
            SecondStep.Asked asked = secondStep.askForSignIn(user, visit.request());
            return switch (asked.answer()) {
                case ChallengeAnswer.NotEnrolled() ->
                    enter(visit, new SignedIn(user, clock.instant(), Optional.empty(), Optional.empty()));
                case ChallengeAnswer.EnrollmentRequired(var graceUntil) ->
                    enter(visit, new MustEnroll(user, graceUntil));
                case ChallengeAnswer.Remembered remembered -> {
                    Proof proof = secondStep.believe(asked.request(), remembered);
                    yield enter(visit, signedIn(user, proof, Optional.of(remembered.computer())))
                            .withCookie(ComputerCookie.of(user, remembered.computer(), clock.instant()));
                }
                case ChallengeAnswer.Pending pending ->
                    awaitCode(visit, user, new OpenChallenge(asked.request(), pending));
                case ChallengeAnswer.Blocked() ->
                    refuse(
                            visit,
                            403,
                            user,
                            "This account is blocked. Ask the person who administers this site for help.");
            };
        } catch (ProblemException e) {
            if (e.status() == 429) {
                String wait = Words.span(e.retryAfter().orElse(Duration.ofMinutes(1)));
                return refuse(visit, 429, user, "There were too many tries. Try again in " + wait + ".");
            }
            return cannotTell(visit, user, e);
        } catch (UnavailableException e) {
            return cannotTell(visit, user, e);
        }
    }

    private Response awaitCode(Visit visit, User user, OpenChallenge challenge) {
        challenge.first().ifPresent(factor -> sends.open(challenge, factor));
        return enter(visit, new AwaitingCode(user, challenge));
    }

    private Response cannotTell(Visit visit, User user, RuntimeException why) {
        LOG.log(Logger.Level.WARNING, "No challenge for a sign-in: {0}", why.getMessage());
        return refuse(
                visit,
                503,
                user,
                "Your second step cannot be checked right now, so nobody is let in. Try again in a moment.");
    }

    private Response refuse(Visit visit, int status, User user, String sentence) {
        return Response.page(status, SignInPage.html(visit.frame(Notice.failed(sentence)), user.id(), List.of()));
    }

    private Response enter(Visit visit, Standing standing) {
        visit.session().ifPresent(sessions::end);
        return Gate.enter(sessions.start(standing), standing.path());
    }

    private static Response passwordPage(Visit visit, int status, String name, List<FieldError> errors) {
        return Response.page(status, SignInPage.html(visit.frame(), name, errors));
    }

    private static List<FieldError> missing(String name, String password) {
        var missing = new ArrayList<FieldError>();
        if (name.isEmpty()) {
            missing.add(new FieldError("username", "Enter your user name."));
        }
        if (password.isEmpty()) {
            missing.add(new FieldError("password", "Enter your password."));
        }
        return missing;
    }

    Response showCode(Visit visit, Session session, AwaitingCode standing) {
        return codePage(visit, 200, standing, visit.request().query("factor"), Optional.empty());
    }

    Response takeCode(Visit visit, Session session, AwaitingCode standing) {
        String factor = visit.request().form("factor");
        return switch (secondStep.submit(
                standing.challenge(), factor, visit.request().form("code"))) {
            case CodeResult.Passed passed -> {
                var signedIn = signedIn(standing.user(), passed.proof(), passed.computer());
                Response entered = Gate.enter(sessions.raise(session, signedIn), signedIn.path());
                yield passed.computer()
                        .map(computer ->
                                entered.withCookie(ComputerCookie.of(standing.user(), computer, clock.instant())))
                        .orElse(entered);
            }
            case CodeResult.Again again ->
                codePage(visit, again.status(), standing, Optional.of(factor), Optional.of(again.sentence()));
            // The session stays as it is: it opens nothing, and the same form sent twice must not spoil its twin's
            // success.
            case CodeResult.Ended ended ->
                Response.page(
                        ended.status(),
                        MessagePage.html(visit.frame(), "Sign in again", ended.sentence(), "/sign-in", "Start again"));
        };
    }

    private SignedIn signedIn(User user, Proof proof, Optional<RememberedComputer> computer) {
        return new SignedIn(user, clock.instant(), Optional.of(proof), computer.map(RememberedComputer::id));
    }

    Response chooseWay(Visit visit, Session session, AwaitingCode standing) {
        return sends.choose(visit, "/code", standing.challenge());
    }

    Response sendAgain(Visit visit, Session session, AwaitingCode standing) {
        return sends.again(visit, "/code", standing.challenge());
    }

    Response delivery(Visit visit, Session session, AwaitingCode standing) {
        return sends.delivery(visit, standing.challenge());
    }

    private Response codePage(
            Visit visit, int status, AwaitingCode standing, Optional<String> factor, Optional<String> error) {
        return Response.page(
                status, CodePage.html(visit.frame(), sends.prompt("/code", standing.challenge(), factor, error)));
    }

    Response signOut(Visit visit) {
        visit.session().ifPresent(sessions::end);
        return Response.seeOther("/sign-in?signed-out").withCookie(Sessions.cookie(sessions.newId()));
    }
}
