package io.postern.demo;

import io.postern.demo.Standing.SignedIn;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.client.Webhook;
import io.postern.demo.client.WebhookClient;
import io.postern.demo.client.WebhookDelivery;
import io.postern.demo.page.FieldError;
import io.postern.demo.page.Notice;
import io.postern.demo.page.WebhookForm;
import io.postern.demo.page.WebhookPage;
import io.postern.demo.page.WebhookPage.Known;
import io.postern.demo.page.WebhooksPage;
import io.postern.demo.web.RefusedException;
import io.postern.demo.web.Request;
import io.postern.demo.web.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Where Postern tells what happened, for an administrator: added, tried, looked after, removed. */
final class Webhooks {
    private static final String TITLE = "Webhooks";
    private static final Pattern ONCE = Pattern.compile("[0-9a-f-]{36}");

    private final WebhookClient postern;
    private final WebhookReceiver receiver;
    private final URI own;

    /** @param own where Postern finds the demo's own receiver */
    Webhooks(WebhookClient postern, WebhookReceiver receiver, URI own) {
        this.postern = postern;
        this.receiver = receiver;
        this.own = own;
    }

    Response show(Visit visit, Session session, SignedIn standing) {
        return Administrators.page(
                visit,
                standing,
                TITLE,
                () -> list(visit, 200, new WebhookForm(own.toString(), Set.of(), newOnce()), List.of()));
    }

    Response add(Visit visit, Session session, SignedIn standing) {
        var form = WebhookForm.of(visit.request(), once(visit.request()));
        return Administrators.page(visit, standing, TITLE, () -> {
            Optional<FieldError> fault = form.check();
            if (fault.isPresent()) {
                return list(visit, 422, form, List.of(fault.get()));
            }
            try {
                return made(visit, postern.add(form.url(), form.events(), form.once()));
            } catch (ProblemException e) {
                return list(visit, 422, form, List.of(new FieldError("url", whyNotAdded(e))));
            }
        });
    }

    Response showOne(Visit visit, Session session, SignedIn standing) {
        String id = visit.request().query("webhook").orElse("");
        return one(visit, standing, () -> page(visit, postern.get(id)));
    }

    Response rotate(Visit visit, Session session, SignedIn standing) {
        return one(visit, standing, () -> made(visit, postern.rotate(id(visit), once(visit.request()))));
    }

    Response ping(Visit visit, Session session, SignedIn standing) {
        return act(visit, session, standing, postern::ping, "A test is on its way.");
    }

    Response redeliver(Visit visit, Session session, SignedIn standing) {
        String delivery = visit.request().form("delivery");
        return act(visit, session, standing, id -> postern.redeliver(id, delivery), "It is sent again.");
    }

    Response switchOnOrOff(Visit visit, Session session, SignedIn standing) {
        boolean on = visit.request().form("on").equals("yes");
        return act(
                visit,
                session,
                standing,
                id -> postern.switchTo(id, on),
                on ? "It is on, and is told what has waited." : "It is off. Nothing new is told.");
    }

    Response remove(Visit visit, Session session, SignedIn standing) {
        return one(visit, standing, () -> {
            postern.remove(id(visit));
            receiver.forget(id(visit));
            session.leave(Notice.done("The endpoint is removed."));
            return Response.seeOther("/webhooks");
        });
    }

    private Response act(Visit visit, Session session, SignedIn standing, Consumer<String> deed, String sentence) {
        return one(visit, standing, () -> {
            try {
                deed.accept(id(visit));
                session.leave(Notice.done(sentence));
            } catch (ProblemException e) {
                if (!e.code().equals("webhook_disabled")) {
                    throw e;
                }
                session.leave(Notice.failed("It is off. Switch it on first."));
            }
            return Response.seeOther(
                    "/webhooks/endpoint?webhook=" + URLEncoder.encode(id(visit), StandardCharsets.UTF_8));
        });
    }

    private static Response one(Visit visit, SignedIn standing, Supplier<Response> page) {
        return Administrators.page(visit, standing, TITLE, () -> {
            try {
                return page.get();
            } catch (ProblemException e) {
                if (e.status() != 404) {
                    throw e;
                }
                throw new RefusedException(404, "There is no such endpoint, or it was removed.");
            }
        });
    }

    /** A new secret is shown in the answer to the form: Postern tells it this once, and a reload makes no other. */
    private Response made(Visit visit, Webhook webhook) {
        if (isOwn(webhook)) {
            webhook.secret().ifPresent(secret -> receiver.trust(webhook.id(), secret));
        }
        return page(visit, webhook);
    }

    private Response page(Visit visit, Webhook webhook) {
        Known known = !isOwn(webhook) ? Known.ELSEWHERE : receiver.trusts(webhook.id()) ? Known.HERE : Known.FORGOTTEN;
        return Response.page(200, WebhookPage.html(visit.frame(), webhook, known, deliveries(webhook), newOnce()));
    }

    /** A secret is shown whatever else cannot be. */
    private List<WebhookDelivery> deliveries(Webhook webhook) {
        try {
            return postern.deliveries(webhook.id());
        } catch (ProblemException | UnavailableException e) {
            if (webhook.secret().isPresent()) {
                return List.of();
            }
            throw e;
        }
    }

    private Response list(Visit visit, int status, WebhookForm form, List<FieldError> errors) {
        return Response.page(
                status,
                WebhooksPage.html(visit.frame(), postern.list(), form, errors, receiver.calls(), receiver.refused()));
    }

    private static String whyNotAdded(ProblemException problem) {
        return switch (problem.code()) {
            case "url_not_allowed" ->
                "Postern does not call this address: it takes HTTPS at a public address, and networks that its operator has named.";
            case "too_many_webhooks" -> "There are as many endpoints as there may be. Remove one first.";
            case "malformed_request" -> "This is no address that can be called.";
            default -> throw problem;
        };
    }

    private boolean isOwn(Webhook webhook) {
        return webhook.url().equals(own.toString());
    }

    private static String id(Visit visit) {
        return visit.request().form("webhook");
    }

    private static String once(Request request) {
        return Optional.of(request.form("once"))
                .filter(text -> ONCE.matcher(text).matches())
                .orElseGet(Webhooks::newOnce);
    }

    private static String newOnce() {
        return UUID.randomUUID().toString();
    }
}
