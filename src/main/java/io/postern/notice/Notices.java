package io.postern.notice;

import io.postern.application.Applications;
import io.postern.delivery.Channel;
import io.postern.delivery.Message;
import io.postern.delivery.Outbox;
import io.postern.message.Branding;
import io.postern.message.Messages;
import io.postern.message.Notice;
import io.postern.message.NoticeMessage;
import io.postern.problem.Problem;
import io.postern.subject.SubjectRecord;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells people of changes (RULES F5), exactly when the change is committed, also while Redis or the mail server is away. */
@Singleton
public class Notices {

    /** Long enough for a mail server that is down over a weekend. */
    private static final Duration LIFE = Duration.ofDays(3);

    private final Applications applications;
    private final Messages messages;
    private final Outbox outbox;
    private final Clock clock;

    Notices(Applications applications, Messages messages, Outbox outbox, Clock clock) {
        this.applications = applications;
        this.messages = messages;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Tells each of the addresses once.
     *
     * @param ip whence it was done, where known
     * @throws Problem {@code store_unavailable}
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void tell(SubjectRecord subject, Collection<String> addresses, Notice notice, @Nullable String ip) {
        var once = new TreeMap<String, String>();
        addresses.forEach(address -> once.put(address.toLowerCase(Locale.ROOT), address));
        var linked = new TreeMap<String, Optional<URI>>();
        once.values().forEach(address -> linked.put(address, Optional.empty()));
        tell(subject, linked, notice, ip);
    }

    /**
     * Tells each of the addresses of a change.
     *
     * @param linked the addresses, with the link that takes the change back where one may have it (RULES F5)
     * @throws Problem {@code store_unavailable}
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void tell(SubjectRecord subject, Map<String, Optional<URI>> linked, Notice notice) {
        tell(subject, linked, notice, null);
    }

    private void tell(SubjectRecord subject, Map<String, Optional<URI>> linked, Notice notice, @Nullable String ip) {
        if (linked.isEmpty()) {
            return;
        }
        var application = applications.requireActive(subject.application());
        var policy = application.policy();
        var branding = new Branding(application.id(), application.name(), policy.defaultLocale(), policy.texts());
        var now = clock.instant();
        linked.forEach((address, link) -> outbox.put(new Message(
                UUID.randomUUID(),
                Channel.EMAIL,
                application.id(),
                address,
                policy.mailSender(),
                messages.notice(new NoticeMessage(branding, subject.locale(), notice, now, ip, link.orElse(null))),
                now.plus(LIFE),
                null)));
    }
}
