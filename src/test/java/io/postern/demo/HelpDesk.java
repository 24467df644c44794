package io.postern.demo;

import io.postern.demo.Standing.SignedIn;
import io.postern.demo.client.Errand;
import io.postern.demo.client.HelpDeskCode;
import io.postern.demo.client.OperatorClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.FieldError;
import io.postern.demo.page.Frame;
import io.postern.demo.page.HelpDeskPage;
import io.postern.demo.page.LabelField;
import io.postern.demo.page.Notice;
import io.postern.demo.web.Response;
import java.lang.System.Logger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The help desk of this admin area, for its administrators, each under their own name. */
final class HelpDesk {
    private static final Logger LOG = System.getLogger(HelpDesk.class.getName());

    private final OperatorClient postern;

    HelpDesk(OperatorClient postern) {
        this.postern = postern;
    }

    Response show(Visit visit, Session session, SignedIn standing) {
        Administrators.require(standing);
        return Response.page(200, HelpDeskPage.search(visit.frame(), "", "", List.of()));
    }

    Response lookUp(Visit visit, Session session, SignedIn standing) {
        var errand = new Errand(
                visit.request().form("person-id"),
                standing.user().id(),
                visit.request().form("why"));
        return help(visit, standing, errand, done -> Optional.empty(), "");
    }

    Response unlock(Visit visit, Session session, SignedIn standing) {
        return act(visit, standing, errand -> postern.unlock(errand, id(visit)), "The factor is not locked.");
    }

    Response remove(Visit visit, Session session, SignedIn standing) {
        return act(visit, standing, errand -> postern.remove(errand, id(visit)), "The factor is removed.");
    }

    Response forget(Visit visit, Session session, SignedIn standing) {
        return act(visit, standing, postern::forgetComputers, "No computer is remembered.");
    }

    Response forgetOne(Visit visit, Session session, SignedIn standing) {
        return act(
                visit,
                standing,
                errand -> postern.forgetComputer(errand, id(visit)),
                "The computer is no longer remembered.");
    }

    Response rename(Visit visit, Session session, SignedIn standing) {
        Administrators.require(standing);
        String name = visit.request().form("label");
        return LabelField.check(name)
                .map(error -> searchPage(visit, 422, errand(visit, standing), error.message()))
                .orElseGet(() -> act(
                        visit,
                        standing,
                        errand -> postern.renameComputer(errand, id(visit), name),
                        "The computer is now called “" + name + "”."));
    }

    Response reset(Visit visit, Session session, SignedIn standing) {
        return act(visit, standing, postern::reset, "Two-factor is off for this person.");
    }

    Response code(Visit visit, Session session, SignedIn standing) {
        return help(visit, standing, errand(visit, standing), errand -> Optional.of(postern.code(errand)), "");
    }

    Response approve(Visit visit, Session session, SignedIn standing) {
        return help(
                visit,
                standing,
                errand(visit, standing),
                errand -> Optional.of(postern.approve(errand, id(visit))),
                "");
    }

    Response reinstate(Visit visit, Session session, SignedIn standing) {
        return lift(visit, standing, "reinstate");
    }

    Response discard(Visit visit, Session session, SignedIn standing) {
        return lift(visit, standing, "discard");
    }

    private Response lift(Visit visit, SignedIn standing, String suspended) {
        return act(
                visit,
                standing,
                errand -> postern.liftFreeze(errand, suspended),
                "Things can be added to the account again.");
    }

    private Response act(Visit visit, SignedIn standing, Consumer<Errand> help, String sentence) {
        return help(
                visit,
                standing,
                errand(visit, standing),
                errand -> {
                    help.accept(errand);
                    return Optional.empty();
                },
                sentence);
    }

    /** Does it, then shows how things stand. */
    private Response help(
            Visit visit,
            SignedIn standing,
            Errand errand,
            Function<Errand, Optional<HelpDeskCode>> help,
            String sentence) {
        Administrators.require(standing);
        try {
            Optional<HelpDeskCode> code = help.apply(errand);
            Frame frame = sentence.isEmpty() ? visit.frame() : visit.frame(Notice.done(sentence));
            return Response.page(200, HelpDeskPage.person(frame, postern.lookUp(errand), errand.reason(), code));
        } catch (ProblemException e) {
            return refused(visit, errand, e);
        } catch (UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "The help desk cannot help: {0}", e.getMessage());
            return searchPage(visit, 503, errand, "Nobody can be helped right now. Try again in a moment.");
        }
    }

    private static Response refused(Visit visit, Errand errand, ProblemException problem) {
        return switch (problem.code()) {
            case "not_found" ->
                searchPage(visit, 404, errand, "Nobody of that name has signed in here yet, or it is gone.");
            case "own_account" ->
                searchPage(visit, 403, errand, "Nobody helps themselves here. Ask somebody else at the help desk.");
            case "own_request" ->
                searchPage(visit, 403, errand, "You asked for this code yourself. Somebody else has to approve it.");
            case "frozen" ->
                searchPage(visit, 409, errand, "Nothing can be added to this account until you end the freeze.");
            case "already_done" ->
                searchPage(visit, 409, errand, "That code was approved already, or is over. Look the person up again.");
            case "two_factor_off" ->
                searchPage(visit, 409, errand, "This person has two-factor off. The password is enough.");
            case "factor_not_allowed" ->
                searchPage(visit, 422, errand, "The rules ask for more at a sign-in than a code of the help desk.");
            case "malformed_request" ->
                searchPage(visit, 422, errand, "Say who needs help and why, in three letters at least.");
            default -> {
                LOG.log(Logger.Level.WARNING, "The help desk was refused: {0}", problem.getMessage());
                yield searchPage(visit, 409, errand, "That did not work. Look the person up again.");
            }
        };
    }

    private static Response searchPage(Visit visit, int status, Errand errand, String sentence) {
        var errors = List.of(new FieldError("person-id", sentence));
        return Response.page(status, HelpDeskPage.search(visit.frame(), errand.subject(), errand.reason(), errors));
    }

    private static Errand errand(Visit visit, SignedIn standing) {
        return new Errand(
                visit.request().form("user"),
                standing.user().id(),
                visit.request().form("reason"));
    }

    private static String id(Visit visit) {
        return visit.request().form("id");
    }
}
