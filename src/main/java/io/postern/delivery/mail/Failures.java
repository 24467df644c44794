package io.postern.delivery.mail;

import io.postern.delivery.FailureReason;
import io.vertx.ext.mail.SMTPException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a failure of the mail client means. Some of it the client says in words alone. */
final class Failures {

    private static final List<String> OF_THIS_MAIL = List.of("recipient address not accepted", "sending data failed");
    private static final String NO_TLS = "STARTTLS required";
    private static final String NO_LOGIN = "login is required";
    private static final String BROKEN = "connection was closed";

    /** RFC 4954 section 6. */
    private static final Set<Integer> LOGIN = Set.of(432, 454, 530, 534, 535, 538);

    private Failures() {}

    /** Whether the server has refused this recipient or mail for good, rather than us (RFC 5321 section 4.2.1). */
    static boolean isRefusal(Throwable failure) {
        return answer(failure)
                .filter(answer -> answer.isPermanent() && !LOGIN.contains(answer.getReplyCode()))
                .filter(answer -> OF_THIS_MAIL.stream().anyMatch(text(answer)::startsWith))
                .isPresent();
    }

    static FailureReason reason(Throwable failure) {
        var answer = answer(failure);
        if (answer.isPresent()) {
            return LOGIN.contains(answer.get().getReplyCode()) ? FailureReason.LOGIN : FailureReason.ANSWER;
        }
        for (Throwable link = failure; link != null; link = link.getCause()) {
            var said = said(link);
            if (said.isPresent()) {
                return said.get();
            }
        }
        return FailureReason.of(failure);
    }

    private static Optional<FailureReason> said(Throwable failure) {
        if (text(failure).startsWith(NO_TLS)) {
            return Optional.of(FailureReason.TLS);
        }
        if (text(failure).startsWith(NO_LOGIN)) {
            return Optional.of(FailureReason.LOGIN);
        }
        return text(failure).toLowerCase(Locale.ROOT).startsWith(BROKEN)
                ? Optional.of(FailureReason.CONNECTION)
                : Optional.empty();
    }

    private static Optional<SMTPException> answer(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof SMTPException answer) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private static String text(Throwable failure) {
        return Optional.ofNullable(failure.getMessage()).orElse("");
    }
}
