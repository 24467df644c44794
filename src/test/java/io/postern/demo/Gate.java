package io.postern.demo;

import io.postern.demo.Standing.SignedIn;
import io.postern.demo.web.Handler;
import io.postern.demo.web.RefusedException;
import io.postern.demo.web.Request;
import io.postern.demo.web.Response;
import java.util.function.Function;

/**
 * Stands before every page: knows the visitor by the cookie, takes no form without this visitor's secret in it, and lets
 * nobody to a page that is not for their standing, but leads them to where they are.
 */
final class Gate {
    /** A page for visitors of one standing. */
    @FunctionalInterface
    interface Page<S extends Standing> {
        Response show(Visit visit, Session session, S standing);
    }

    private final Sessions sessions;

    Gate(Sessions sessions) {
        this.sessions = sessions;
    }

    Handler anyone(Function<Visit, Response> page) {
        return request -> {
            Visit visit = visit(request);
            Response response = page.apply(visit);
            boolean known =
                    request.cookie(Sessions.COOKIE).filter(visit.id()::equals).isPresent();
            boolean replaced = response.cookies().stream().anyMatch(cookie -> cookie.startsWith(Sessions.COOKIE + "="));
            return known || replaced ? response : response.withCookie(Sessions.cookie(visit.id()));
        };
    }

    Handler signedIn(Page<SignedIn> page) {
        return only(SignedIn.class, page);
    }

    /** For setting up a factor: whoever is signed in, or has to do this before they are. */
    Handler enrolling(Page<Standing> page) {
        return anyone(visit -> visit.session()
                .filter(session -> !(session.standing() instanceof Standing.AwaitingCode))
                .map(session -> page.show(visit, session, session.standing()))
                .orElseGet(() -> elsewhere(visit)));
    }

    <S extends Standing> Handler only(Class<S> standing, Page<S> page) {
        return anyone(visit -> visit.session()
                .filter(session -> standing.isInstance(session.standing()))
                .map(session -> page.show(visit, session, standing.cast(session.standing())))
                .orElseGet(() -> elsewhere(visit)));
    }

    static Response elsewhere(Visit visit) {
        return Response.seeOther(
                visit.session().map(session -> session.standing().path()).orElse("/sign-in"));
    }

    /** To a page of the new session, whose id the browser gets in place of the old one. */
    static Response enter(Session session, String path) {
        return Response.seeOther(path).withCookie(Sessions.cookie(session.id()));
    }

    private Visit visit(Request request) {
        String id = request.cookie(Sessions.COOKIE).filter(Sessions::isId).orElseGet(sessions::newId);
        if (request.method().equals("POST") && !sessions.isFormSecret(id, request.form("csrf"))) {
            throw new RefusedException(403, "This form is not one of ours, or it is too old. Open the page again.");
        }
        return new Visit(request, id, sessions.formSecret(id), sessions.find(id));
    }
}
