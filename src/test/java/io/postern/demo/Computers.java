package io.postern.demo;

import io.postern.demo.Standing.SignedIn;
import io.postern.demo.client.Device;
import io.postern.demo.client.PosternClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.ComputerPage;
import io.postern.demo.page.FieldError;
import io.postern.demo.page.LabelField;
import io.postern.demo.page.Notice;
import io.postern.demo.web.Response;
import java.lang.System.Logger;
import java.util.List;
import java.util.Optional;

/** The computers that are remembered, from the person's profile. */
final class Computers {
    private static final Logger LOG = System.getLogger(Computers.class.getName());

    private final PosternClient postern;

    Computers(PosternClient postern) {
        this.postern = postern;
    }

    Response showRename(Visit visit, Session session, SignedIn standing) {
        return find(standing, visit.request().query("computer").orElse(""))
                .map(device -> Response.page(200, ComputerPage.html(visit.frame(), device, device.name(), List.of())))
                .orElseGet(() -> gone(session));
    }

    Response rename(Visit visit, Session session, SignedIn standing) {
        String name = visit.request().form("label");
        Optional<FieldError> error = LabelField.check(name);
        Optional<Device> device = find(standing, visit.request().form("computer"));
        if (device.isEmpty()) {
            return gone(session);
        }
        if (error.isPresent()) {
            return Response.page(422, ComputerPage.html(visit.frame(), device.get(), name, List.of(error.get())));
        }
        return edit(
                session,
                () -> postern.renameDevice(standing.user().id(), device.get().id(), name),
                "It is now called “" + name + "”.");
    }

    Response forget(Visit visit, Session session, SignedIn standing) {
        return edit(
                session,
                () -> postern.forgetDevice(standing.user().id(), visit.request().form("computer")),
                "This computer is asked for a code at its next sign-in.");
    }

    Response forgetAll(Visit visit, Session session, SignedIn standing) {
        return edit(
                session,
                () -> postern.forgetDevices(standing.user().id()),
                "Every computer is asked for a code at its next sign-in.");
    }

    private Response edit(Session session, Runnable call, String done) {
        try {
            call.run();
            session.leave(Notice.done(done));
        } catch (ProblemException e) {
            return gone(session);
        } catch (UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "A computer could not be changed: {0}", e.getMessage());
            session.leave(Notice.failed("This could not be changed right now."));
        }
        return Response.seeOther("/profile");
    }

    private Optional<Device> find(SignedIn standing, String id) {
        try {
            return postern.devices(standing.user().id()).stream()
                    .filter(device -> device.id().equals(id))
                    .findFirst();
        } catch (ProblemException | UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "The computers could not be read: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Response gone(Session session) {
        session.leave(Notice.failed("That computer is no longer remembered, or it cannot be read right now."));
        return Response.seeOther("/profile");
    }
}
