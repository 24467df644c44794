package io.postern.demo;

import io.postern.demo.Standing.SignedIn;
import io.postern.demo.account.User;
import io.postern.demo.account.Users;
import io.postern.demo.client.OperatorClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.Rules;
import io.postern.demo.client.Trial;
import io.postern.demo.page.FieldError;
import io.postern.demo.page.Notice;
import io.postern.demo.page.RulesForm;
import io.postern.demo.page.RulesPage;
import io.postern.demo.web.RefusedException;
import io.postern.demo.web.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of sign-in, for an administrator: shown, changed, and tried on somebody. */
final class SignInRules {
    private static final String TITLE = "Rules of sign-in";

    /** Postern's names of what the form calls otherwise. */
    private static final Map<String, String> FIELDS = Map.of(
            "required_from", "date",
            "remembered_days", "days",
            "allowed_factors", "factor-totp",
            "enforced_roles", "role-administrator",
            "least_level.sign_in", "sign-in-urn:postern:level:0",
            "least_level.step_up", "step-up-urn:postern:level:1");

    private final OperatorClient postern;

    SignInRules(OperatorClient postern) {
        this.postern = postern;
    }

    Response show(Visit visit, Session session, SignedIn standing) {
        return Administrators.page(visit, standing, TITLE, () -> {
            Rules rules = postern.rules();
            return page(visit, 200, rules, RulesForm.of(rules), List.of(), Optional.empty());
        });
    }

    Response take(Visit visit, Session session, SignedIn standing) {
        return Administrators.page(visit, standing, TITLE, () -> {
            Rules rules = postern.rules();
            RulesForm form = RulesForm.of(visit.request());
            List<FieldError> errors = form.check();
            if (!errors.isEmpty()) {
                return page(visit, 422, rules, form, errors, Optional.empty());
            }
            if (!rules.tag().equals(form.tag())) {
                return changed(session);
            }
            try {
                postern.replace(rules, form.members());
            } catch (ProblemException e) {
                return switch (e.code()) {
                    case "version_changed" -> changed(session);
                    case "malformed_request" -> page(visit, 422, rules, form, faults(e), Optional.empty());
                    default -> throw e;
                };
            }
            session.leave(Notice.done("The rules are saved, and hold from now on."));
            return Response.seeOther("/rules");
        });
    }

    Response tryOut(Visit visit, Session session, SignedIn standing) {
        return Administrators.page(visit, standing, TITLE, () -> {
            User user = Users.find(visit.request().form("user"))
                    .orElseThrow(() -> new RefusedException(422, "There is no such person."));
            Rules rules = postern.rules();
            try {
                Trial trial = postern.tryOut(user.id(), user.role());
                return page(visit, 200, rules, RulesForm.of(rules), List.of(), Optional.of(trial));
            } catch (ProblemException e) {
                if (e.status() != 404) {
                    throw e;
                }
                session.leave(Notice.failed(
                        user.displayName() + " has not signed in here yet, so Postern does not know them."));
                return Response.seeOther("/rules");
            }
        });
    }

    private static Response changed(Session session) {
        session.leave(
                Notice.failed("Somebody else has changed the rules meanwhile. Look at them, then change them again."));
        return Response.seeOther("/rules");
    }

    /** Postern names every fault; each is shown at its field. */
    private static List<FieldError> faults(ProblemException problem) {
        var errors = new ArrayList<FieldError>();
        problem.faults()
                .forEach((field, message) ->
                        errors.add(new FieldError(FIELDS.getOrDefault(field, "date"), field + " " + message + ".")));
        return errors;
    }

    private static Response page(
            Visit visit, int status, Rules rules, RulesForm form, List<FieldError> errors, Optional<Trial> trial) {
        return Response.page(status, RulesPage.html(visit.frame(), rules, form, errors, trial, Users.ids()));
    }
}
