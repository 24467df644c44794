package io.postern.code;

import io.postern.delivery.Channel;
import io.postern.delivery.Content;
import io.postern.delivery.Delivery;
import io.postern.delivery.Message;
import io.postern.delivery.Receipt;
import io.postern.message.Branding;
import io.postern.message.CodeMessage;
import io.postern.message.Messages;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.sending.Send;
import io.postern.sending.SendLimits;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Sends codes in the order of RULES H1: counted, stored, queued. What fails on the way gives the count back, best effort; a
 * code that was stored and not queued is known to nobody.
 */
@Singleton
public class CodeSender {

    private final SendLimits limits;
    private final SentCodes codes;
    private final Messages messages;
    private final Delivery delivery;
    private final Clock clock;

    CodeSender(SendLimits limits, SentCodes codes, Messages messages, Delivery delivery, Clock clock) {
        this.limits = limits;
        this.codes = codes;
        this.messages = messages;
        this.delivery = delivery;
        this.clock = clock;
    }

    /**
     * Queues a new code; it is on its way when this returns, and not there yet.
     *
     * @throws Problem {@code too_many_sends}, {@code sending_stopped}, {@code store_unavailable}, {@code challenge_closed}
     *     when the holder has ended
     */
    public Sent send(CodeOrder order, CodeHolder holder) {
        var channel = order.destination().channel();
        if (!delivery.isOn(channel)) {
            throw Problem.of(ProblemCode.SENDING_STOPPED);
        }
        var reservation = limits.reserve(new Send(
                order.application(),
                order.slot(),
                order.factor(),
                channel,
                order.destination().value(),
                order.destination().region(),
                order.proven(),
                order.ip(),
                order.policy().smsDailyBudget()));
        try {
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            var sent = Sent.queued(reservation.resendAfter(), end(order, holder), now);
            queue(order, holder, sent);
            return sent;
        } catch (RuntimeException failure) {
            limits.refund(reservation);
            throw failure;
        }
    }

    private void queue(CodeOrder order, CodeHolder holder, Sent sent) {
        var code = codes.draw(order.policy().codeDigits());
        var factor = order.factor().toString();
        var digest = codes.digest(holder.id(), factor, code);
        if (!holder.put(digest, sent.codeExpiresAt(), sent.resendAfter(), sent.queuedAt())) {
            throw Problem.of(ProblemCode.CHALLENGE_CLOSED);
        }
        delivery.queue(new Message(
                UUID.randomUUID(),
                order.destination().channel(),
                order.application(),
                order.destination().value(),
                order.policy().mailSender(),
                content(order, code, sent.codeExpiresAt()),
                sent.codeExpiresAt(),
                new Receipt(holder.key(), SentCodes.deliveryField(factor), sent.queuedAt())));
    }

    private Content content(CodeOrder order, String code, Instant end) {
        var policy = order.policy();
        var branding =
                new Branding(order.application(), order.applicationName(), policy.defaultLocale(), policy.texts());
        var left = Duration.between(clock.instant(), end).plusSeconds(30).toMinutes();
        return messages.code(
                order.destination().channel(),
                new CodeMessage(
                        branding,
                        order.locale(),
                        code,
                        order.occasion(),
                        (int) Math.max(1, left),
                        policy.codeInSubject(),
                        policy.webotpHost()));
    }

    private Instant end(CodeOrder order, CodeHolder holder) {
        Channel channel = order.destination().channel();
        var own = clock.instant().plus(order.policy().codeLife(channel));
        return own.isBefore(holder.end()) ? own : holder.end();
    }
}
