package io.postern.demo;

import io.postern.demo.client.PosternClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.page.FactorKind;
import io.postern.demo.page.Notice;
import io.postern.demo.page.SendNote;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.Optional;

/** The codes that prove an address or a number before it is switched on: another one, and how far the newest is. */
final class FirstCodes {
    private static final Logger LOG = System.getLogger(FirstCodes.class.getName());

    private final PosternClient postern;
    private final CodeSends sends;
    private final Clock clock;

    FirstCodes(PosternClient postern, CodeSends sends, Clock clock) {
        this.postern = postern;
        this.sends = sends;
        this.clock = clock;
    }

    /** Sends another one; under the same {@code once} no second one. */
    void again(Session session, SetUp setUp, String once) {
        String user = session.standing().user().id();
        try {
            session.begin(setUp.after(postern.sendFirstCode(user, setUp.factor().id(), once)));
        } catch (ProblemException e) {
            LOG.log(Logger.Level.INFO, "A first code was not sent: {0}", e.getMessage());
            if (!e.code().equals("in_flight")) {
                refused(session, setUp, SendRefusal.of(e, setUp.kind()).orElse(SendRefusal.UNKNOWN));
            }
        } catch (UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "Nobody can tell whether a first code was sent: {0}", e.getMessage());
            refused(session, setUp, SendRefusal.UNKNOWN);
        }
    }

    /** Sends another one to the known mailbox, where a first factor needs that too; under the same {@code once} none. */
    void confirmation(Session session, SetUp setUp, String once) {
        String user = session.standing().user().id();
        try {
            postern.sendConfirmation(user, setUp.factor().id(), once);
            session.leave(Notice.done("Another code is on its way to your mailbox."));
        } catch (ProblemException e) {
            SendRefusal why = SendRefusal.of(e, FactorKind.EMAIL).orElse(SendRefusal.UNKNOWN);
            session.leave(Notice.failed(why.sentence()));
        } catch (UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "Nobody can tell whether a code was sent: {0}", e.getMessage());
            session.leave(Notice.failed(SendRefusal.UNKNOWN.sentence()));
        }
    }

    private void refused(Session session, SetUp setUp, SendRefusal why) {
        session.begin(setUp.with(setUp.sends().refused(why, clock.instant())));
    }

    /** The set-up with what is known by now of its newest code. */
    SetUp look(Session session, SetUp setUp) {
        if (!setUp.sends().isOpen()) {
            return setUp;
        }
        try {
            String user = session.standing().user().id();
            Optional<SetUp> now = postern.factor(user, setUp.factor().id())
                    .sent()
                    .map(sent -> setUp.with(setUp.sends().now(sent)));
            now.ifPresent(newer -> session.replace(setUp, newer));
            return now.orElse(setUp);
        } catch (ProblemException | UnavailableException e) {
            // What was known before is shown; the next look may tell more.
            LOG.log(Logger.Level.DEBUG, "The delivery of a first code is not known: {0}", e.getMessage());
            return setUp;
        }
    }

    SendNote note(SetUp setUp) {
        return sends.note(setUp.kind(), setUp.factor().destination(), setUp.sends(), "/set-up/delivery");
    }
}
