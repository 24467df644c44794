package io.postern.delivery.sms;

import io.postern.delivery.FailureReason;
import io.postern.delivery.NotDelivered;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;

/** What a provider's answer means for the message. */
final class Answers {

    /** Errors of 4xx that blame our account, our speed or the configuration, and not the message. */
    private static final Set<Integer> NOT_THE_MESSAGE = Set.of(401, 402, 403, 404, 405, 407, 408, 409, 415, 425, 429);

    private static final Set<Integer> OUR_ACCOUNT = Set.of(401, 402, 403, 407);

    private Answers() {}

    /** Waits for the answer; a success returns. */
    static void await(String provider, Uni<Response> call, Duration limit) {
        judge(provider, status(provider, call, limit));
    }

    private static int status(String provider, Uni<Response> call, Duration limit) {
        try (var response = call.await().atMost(limit)) {
            return response.getStatus();
        } catch (WebApplicationException answered) {
            return answered.getResponse().getStatus();
        } catch (RuntimeException silence) {
            throw wasReached(silence)
                    ? NotDelivered.unanswered(provider, silence)
                    : NotDelivered.failed(provider, silence);
        }
    }

    /** Where there was no connection, nothing was taken. */
    private static boolean wasReached(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof ConnectException
                    || link instanceof UnknownHostException
                    || link instanceof SSLHandshakeException) {
                return false;
            }
        }
        return true;
    }

    private static void judge(String provider, int status) {
        if (status >= 200 && status < 300) {
            return;
        }
        if (status == 504) {
            throw NotDelivered.unanswered(provider, new UnexpectedStatusException(status));
        }
        throw status >= 400 && status < 500 && !NOT_THE_MESSAGE.contains(status)
                ? NotDelivered.refused(provider, null)
                : NotDelivered.failed(
                        provider,
                        OUR_ACCOUNT.contains(status) ? FailureReason.LOGIN : FailureReason.ANSWER,
                        new UnexpectedStatusException(status));
    }

    /** For the log, which shows types and messages of ours alone. */
    private static final class UnexpectedStatusException extends RuntimeException {

        private UnexpectedStatusException(int status) {
            super("HTTP " + status, null, false, false);
        }
    }
}
