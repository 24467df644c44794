package io.postern.demo;

import io.postern.demo.Standing.SignedIn;
import io.postern.demo.client.AuditClient;
import io.postern.demo.client.ChainCheck;
import io.postern.demo.client.EventFilter;
import io.postern.demo.client.EventPage;
import io.postern.demo.client.ProblemException;
import io.postern.demo.page.AuditPage;
import io.postern.demo.page.FieldError;
import io.postern.demo.web.Request;
import io.postern.demo.web.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What happened, for an administrator: searched, downloaded, and checked. */
final class AuditTrail {
    private static final String TITLE = "Audit trail";
    private static final EventFilter EVERYTHING = new EventFilter("", "");

    private final AuditClient postern;

    /**
     * Where the chain ended when it was last found intact. A product keeps it where nobody who can write to Postern's
     * database can reach it; with it, even a trail that was replaced as a whole shows.
     */
    private final AtomicReference<@Nullable String> head = new AtomicReference<>();

    AuditTrail(AuditClient postern) {
        this.postern = postern;
    }

    Response show(Visit visit, Session session, SignedIn standing) {
        EventFilter filter = filter(visit.request());
        String cursor = visit.request().query("cursor").orElse("");
        return Administrators.page(visit, standing, TITLE, () -> {
            try {
                EventPage events = postern.events(filter, cursor);
                return page(visit, 200, filter, cursor, events, Optional.empty(), List.of());
            } catch (ProblemException e) {
                return refused(visit, filter, e);
            }
        });
    }

    Response export(Visit visit, Session session, SignedIn standing) {
        EventFilter filter = filter(visit.request());
        return Administrators.page(visit, standing, TITLE, () -> {
            try {
                return Response.download("audit-trail.ndjson", "application/x-ndjson", postern.export(filter));
            } catch (ProblemException e) {
                return refused(visit, filter, e);
            }
        });
    }

    Response check(Visit visit, Session session, SignedIn standing) {
        return Administrators.page(visit, standing, TITLE, () -> {
            ChainCheck check = postern.check(Optional.ofNullable(head.get()));
            if (check.fault().isEmpty()) {
                head.set(check.head());
            }
            EventPage events = postern.events(EVERYTHING, "");
            return page(visit, 200, EVERYTHING, "", events, Optional.of(check), List.of());
        });
    }

    private static Response refused(Visit visit, EventFilter filter, ProblemException problem) {
        FieldError error = switch (problem.code()) {
            case "not_found" -> new FieldError("person", "Nobody of that name has signed in here yet.");
            case "malformed_request" ->
                new FieldError("person", "This cannot be searched for. Choose anew, from the newest events on.");
            default -> throw problem;
        };
        var none = new EventPage(List.of(), Optional.empty());
        return page(visit, 422, filter, "", none, Optional.empty(), List.of(error));
    }

    private static Response page(
            Visit visit,
            int status,
            EventFilter filter,
            String cursor,
            EventPage events,
            Optional<ChainCheck> check,
            List<FieldError> errors) {
        return Response.page(status, AuditPage.html(visit.frame(), filter, cursor, events, check, errors));
    }

    private static EventFilter filter(Request request) {
        return new EventFilter(
                request.query("person").orElse("").strip(),
                request.query("type").orElse(""));
    }
}
