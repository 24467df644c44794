package io.postern.delivery.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.delivery.FailureReason;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FailuresTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(FailureReason.LOGIN, answer("AUTH PLAIN failed", 535)),
                Arguments.of(FailureReason.LOGIN, answer("sender address not accepted", 530)),
                Arguments.of(FailureReason.ANSWER, answer("recipient address not accepted", 450)),
                Arguments.of(FailureReason.TLS, said("STARTTLS required but not supported by server")),
                Arguments.of(FailureReason.LOGIN, said("login is required, but no allowed AUTH methods available.")),
                Arguments.of(FailureReason.CONNECTION, said("Connection was closed")),
                Arguments.of(FailureReason.TLS, new SSLHandshakeException("no trust")),
                Arguments.of(FailureReason.CONNECTION, new ConnectException("refused")),
                Arguments.of(FailureReason.TIMEOUT, new TimeoutException()),
                Arguments.of(FailureReason.OTHER, new IllegalStateException("no such setting")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reasonIsFoundBelowWhatWrapsIt(FailureReason reason, Throwable failure) {
        assertEquals(reason, Failures.reason(failure));
        assertEquals(reason, Failures.reason(new CompletionException(failure)));
    }

    /** RFC 5321 section 4.2.1: a permanent refusal of the recipient or the text; of us it is none. */
    @Test
    void mailIsRefusedByAPermanentAnswerToItAlone() {
        assertTrue(Failures.isRefusal(answer("recipient address not accepted", 550)));
        assertFalse(Failures.isRefusal(answer("recipient address not accepted", 450)));
        assertFalse(Failures.isRefusal(answer("recipient address not accepted", 530)));
        assertFalse(Failures.isRefusal(answer("AUTH PLAIN failed", 535)));
        assertFalse(Failures.isRefusal(said("recipient address not accepted")));
    }

    private static SMTPException answer(String message, int code) {
        return new SMTPException(message, code, List.of(code + " no"), false);
    }

    private static Throwable said(String message) {
        return new NoStackTraceThrowable(message);
    }
}
