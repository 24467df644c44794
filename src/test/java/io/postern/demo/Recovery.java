package io.postern.demo;

import io.postern.demo.Standing.SignedIn;
import io.postern.demo.client.PosternClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.FactorKind;
import io.postern.demo.page.FieldError;
import io.postern.demo.page.Notice;
import io.postern.demo.page.RecoveryCodesPage;
import io.postern.demo.page.Words;
import io.postern.demo.web.Response;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Recovery codes: shown once, kept, confirmed by typing one, made anew. */
final class Recovery {
    private static final Logger LOG = System.getLogger(Recovery.class.getName());

    private final PosternClient postern;
    private final Changes changes;
    private final Clock clock;

    Recovery(PosternClient postern, Changes changes, Clock clock) {
        this.postern = postern;
        this.changes = changes;
        this.clock = clock;
    }

    Response show(Visit visit, Session session, SignedIn standing) {
        return session.recoveryCodes()
                .map(codes -> Response.page(200, RecoveryCodesPage.codes(visit.frame(), codes)))
                .orElseGet(() -> Response.seeOther("/profile"));
    }

    Response download(Visit visit, Session session, SignedIn standing) {
        return session.recoveryCodes()
                .map(codes -> Response.download(
                        "recovery-codes.txt",
                        RecoveryCodesPage.text(codes, standing.user().id(), clock.instant())))
                .orElseGet(() -> Response.seeOther("/profile"));
    }

    Response showConfirm(Visit visit, Session session, SignedIn standing) {
        return confirmPage(visit, session, 200, List.of());
    }

    Response takeConfirm(Visit visit, Session session, SignedIn standing) {
        FactorKind kind = FactorKind.RECOVERY_CODE;
        String code = kind.normalize(visit.request().form("code"));
        if (!kind.couldBe(code)) {
            return wrong(visit, session, 422, kind.complaint());
        }
        try {
            postern.confirmRecoveryCodes(standing.user().id(), code);
        } catch (ProblemException e) {
            return refused(visit, session, e);
        } catch (UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "Recovery codes could not be confirmed: {0}", e.getMessage());
            return wrong(visit, session, 503, "The code cannot be checked right now. Try again in a moment.");
        }
        session.forgetRecoveryCodes();
        session.leave(Notice.done("Thank you. Your recovery codes are kept."));
        return Response.seeOther("/profile");
    }

    private static Response refused(Visit visit, Session session, ProblemException problem) {
        return switch (problem.code()) {
            case "invalid_code" ->
                wrong(visit, session, 422, "That is none of your recovery codes, or it was used already.");
            case "too_many_attempts" -> {
                Duration wait = problem.retryAfter().orElse(Duration.ofMinutes(1));
                yield wrong(visit, session, 429, "There were too many tries. Try again in " + Words.span(wait) + ".");
            }
            default -> {
                LOG.log(Logger.Level.INFO, "Recovery codes were not confirmed: {0}", problem.getMessage());
                session.forgetRecoveryCodes();
                session.leave(Notice.failed("You have no recovery codes that could be confirmed."));
                yield Response.seeOther("/profile");
            }
        };
    }

    /** They are gone from here then; the profile reminds of them until they are confirmed. */
    Response later(Visit visit, Session session, SignedIn standing) {
        session.forgetRecoveryCodes();
        return Response.seeOther("/profile");
    }

    Response renew(Visit visit, Session session, SignedIn standing) {
        return changes.attempt(visit, session, new Change.NewRecoveryCodes());
    }

    private static Response wrong(Visit visit, Session session, int status, String sentence) {
        return confirmPage(visit, session, status, List.of(new FieldError("code", sentence)));
    }

    private static Response confirmPage(Visit visit, Session session, int status, List<FieldError> errors) {
        boolean shown = session.recoveryCodes().isPresent();
        return Response.page(status, RecoveryCodesPage.confirm(visit.frame(), shown, errors));
    }
}
