package io.postern.webhook;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.webhook.NotReached.Reason;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds out where a URL leads and judges it: at the registration, and again at each call, because a name may lead elsewhere by
 * then. The address that was judged is the one that is called; the name is not looked up a second time.
 */
@Singleton
class Destinations {

    private static final int LOOKUPS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Networks networks;

    /** Threads of the system's own: a lookup holds the one below a virtual thread, which sign-ins need. */
    private final ExecutorService lookups = new ThreadPoolExecutor(
            0,
            LOOKUPS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("webhook-lookup-", 0).factory());

    Destinations(Networks networks) {
        this.networks = networks;
    }

    void stop(@Observes ShutdownEvent stop) {
        lookups.shutdownNow();
    }

    /**
     * The URL, when calls may go to it now.
     *
     * @throws Problem {@code url_not_allowed}
     */
    String require(String text) {
        var url = Destination.url(text).orElseThrow(() -> Problem.of(ProblemCode.URL_NOT_ALLOWED));
        try {
            of(url, PATIENCE);
            return text;
        } catch (NotReached refused) {
            throw Problem.of(ProblemCode.URL_NOT_ALLOWED);
        }
    }

    /**
     * Where a call of the URL goes now. Every address of the name must be one that is allowed.
     *
     * @throws NotReached when it must not or cannot be called
     */
    Destination of(URI url, Duration limit) throws NotReached {
        var addresses = lookUp(url.getHost(), limit.compareTo(PATIENCE) < 0 ? limit : PATIENCE);
        for (var address : addresses) {
            if (!networks.isAllowed(address) && !(Networks.isPublic(address) && Destination.isEncrypted(url))) {
                throw new NotReached(Reason.ADDRESS_NOT_ALLOWED);
            }
        }
        return new Destination(url, addresses.getFirst());
    }

    private List<InetAddress> lookUp(String host, Duration limit) throws NotReached {
        try {
            var addresses = lookups.submit(() -> List.of(InetAddress.getAllByName(host)))
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (addresses.isEmpty()) {
                throw new NotReached(Reason.NAME_NOT_FOUND);
            }
            return addresses;
        } catch (ExecutionException e) {
            throw new NotReached(
                    e.getCause() instanceof UnknownHostException ? Reason.NAME_NOT_FOUND : Reason.INTERNAL_ERROR);
        } catch (TimeoutException | RejectedExecutionException e) {
            throw new NotReached(Reason.TIMED_OUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotReached(Reason.TIMED_OUT);
        }
    }
}
