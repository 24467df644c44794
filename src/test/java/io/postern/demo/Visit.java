package io.postern.demo;

import io.postern.demo.page.Frame;
import io.postern.demo.page.Notice;
import io.postern.demo.web.Request;
import java.util.Optional;

/**
 * One request with who makes it.
 *
 * @param id      what the cookie says, or a new one
 * @param session none, where nobody has shown a password under this id
 */
record Visit(Request request, String id, String formSecret, Optional<Session> session) {

    /** The frame of a page that is shown now; takes the sentence that the last step left. */
    Frame frame() {
        return new Frame(formSecret, name(), session.flatMap(Session::takeNotice));
    }

    Frame frame(Notice notice) {
        return new Frame(formSecret, name(), Optional.of(notice));
    }

    private Optional<String> name() {
        return session.map(Session::standing)
                .filter(Standing.SignedIn.class::isInstance)
                .map(standing -> standing.user().displayName());
    }
}
