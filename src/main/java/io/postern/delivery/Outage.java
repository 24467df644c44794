package io.postern.delivery;

import io.postern.problem.LoggedFailure;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Logs an outage when it begins and when it is over, however often it is met in between. */
public final class Outage {

    private static final Logger LOG = Logger.getLogger(Outage.class);

    private final String what;
    private final AtomicBoolean lasts = new AtomicBoolean();

    public Outage(String what) {
        this.what = what;
    }

    public void met(Throwable failure) {
        if (lasts.compareAndSet(false, true)) {
            LOG.warnf("%s fails and is tried again until it works: %s", what, LoggedFailure.describe(failure));
        }
    }

    public void over() {
        if (lasts.compareAndSet(true, false)) {
            LOG.infof("%s works again", what);
        }
    }
}
