package io.postern.delivery;

import io.smallrye.mutiny.TimeoutException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a try failed, as an operator is told it in health, metrics and the log. */
public enum FailureReason {
    /** The server or provider could not be reached, or the connection broke. */
    CONNECTION,
    /** The time of the try was over. */
    TIMEOUT,
    /** No TLS was offered where it is required, or the certificate is not trusted or another host's. */
    TLS,
    /** Name and password, or the account, are not accepted. */
    LOGIN,
    /** Any other answer that is no success. */
    ANSWER,
    /** None of these: a setting that cannot be, or a fault of ours. */
    OTHER;

    /** The name in metrics, health and the log. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the types of a failure and of its causes tell. */
    public static FailureReason of(@Nullable Throwable failure) {
        var reason = Optional.<FailureReason>empty();
        for (Throwable link = failure; link != null && reason.isEmpty(); link = link.getCause()) {
            reason = ofType(link);
        }
        return reason.orElse(OTHER);
    }

    private static Optional<FailureReason> ofType(Throwable failure) {
        return switch (failure) {
            case TimeoutException time -> Optional.of(TIMEOUT);
            case SSLException tls -> Optional.of(TLS);
            case IOException connection
            when !(connection.getCause() instanceof SSLException) -> Optional.of(CONNECTION);
            default -> Optional.empty();
        };
    }
}
