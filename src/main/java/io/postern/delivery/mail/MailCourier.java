package io.postern.delivery.mail;

import io.postern.delivery.Channel;
import io.postern.delivery.Courier;
import io.postern.delivery.Handed;
import io.postern.delivery.Message;
import io.postern.delivery.NotDelivered;
import io.postern.delivery.Tries;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sends mails over SMTP (RFC 5321), as text and HTML, from the application's sender or the operator's. */
@Singleton
final class MailCourier implements Courier {

    private static final String PROVIDER = "smtp";
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private final Optional<Mailbox> from;
    private final Smtp smtp;
    private final Tries tries;

    MailCourier(MailSettings settings, Smtp smtp, Tries tries) {
        this.from = settings.from()
                .map(text -> Mailbox.parse(text)
                        .orElseThrow(() -> new IllegalStateException("postern.mail.from is no mail address")));
        this.smtp = smtp;
        this.tries = tries;
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public boolean isOn() {
        return from.isPresent();
    }

    @Override
    public Handed send(Message message, Duration limit) {
        return tries.at(channel(), PROVIDER, () -> {
            var mail = mail(message);
            try {
                smtp.send(mail, limit);
            } catch (RuntimeException failure) {
                throw Failures.isRefusal(failure)
                        ? NotDelivered.refused(PROVIDER, failure)
                        : NotDelivered.failed(PROVIDER, Failures.reason(failure), failure);
            }
        });
    }

    private MailMessage mail(Message message) {
        var sender = Optional.ofNullable(message.sender())
                .flatMap(Mailbox::parse)
                .or(() -> from)
                .orElseThrow(() -> NotDelivered.failed(PROVIDER, null));
        var to = Mailbox.parse(message.to()).orElseThrow(() -> NotDelivered.refused(PROVIDER, null));
        var content = message.content();
        return new MailMessage()
                .setFrom(sender.text())
                .setTo(to.address())
                .setSubject(
                        CONTROLS.matcher(Optional.ofNullable(content.subject()).orElse(""))
                                .replaceAll(" "))
                .setText(content.text())
                .setHtml(content.html())
                .setHeaders(headers(message, sender));
    }

    /** The same id at each try, so that mailboxes show a repetition once; RFC 3834 keeps holiday notes from answering. */
    private static MultiMap headers(Message message, Mailbox sender) {
        return MultiMap.caseInsensitiveMultiMap()
                .set("Message-ID", "<" + message.id() + "@" + sender.domain() + ">")
                .set("Auto-Submitted", "auto-generated");
    }
}
