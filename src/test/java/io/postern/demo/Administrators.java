package io.postern.demo;

import io.postern.demo.Standing.SignedIn;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.MessagePage;
import io.postern.demo.web.RefusedException;
import io.postern.demo.web.Response;
import java.lang.System.Logger;
import java.util.function.Supplier;

/** Pages that look after the whole admin area. For everybody else they do not exist. */
final class Administrators {
    private static final Logger LOG = System.getLogger(Administrators.class.getName());

    private Administrators() {}

    /** @throws RefusedException 404 */
    static void require(SignedIn standing) {
        if (!standing.user().isAdministrator()) {
            throw new RefusedException(404, "There is no such page.");
        }
    }

    /** The page, or one that says that it cannot be had right now. */
    static Response page(Visit visit, SignedIn standing, String title, Supplier<Response> page) {
        require(standing);
        try {
            return page.get();
        } catch (ProblemException | UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "{0} cannot be shown or changed: {1}", title, e.getMessage());
            return Response.page(
                    503,
                    MessagePage.html(
                            visit.frame(), title, "This cannot be shown or changed right now.", "/home", "Home"));
        }
    }
}
