package io.postern.support;

import io.postern.event.SecurityEvent;
import io.postern.factor.FactorType;
import io.postern.message.Notice;
import io.postern.notice.AddressBook;
import io.postern.notice.Notices;
import io.postern.subject.Subjects;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import org.jboss.logging.Logger;

/** Tells people that somebody came in with a code of the help desk. Best effort, for the decision stands already. */
@Singleton
class BypassNotices {

    private static final Logger LOG = Logger.getLogger(BypassNotices.class);

    private final Subjects subjects;
    private final AddressBook addresses;
    private final Notices notices;

    BypassNotices(Subjects subjects, AddressBook addresses, Notices notices) {
        this.subjects = subjects;
        this.addresses = addresses;
        this.notices = notices;
    }

    void on(@Observes SecurityEvent.ChallengeApproved event) {
        var about = event.about();
        var subject = about.subject();
        if (about.factorType() != FactorType.BYPASS_CODE || subject == null) {
            return;
        }
        try {
            tell(subject);
        } catch (RuntimeException failure) {
            LOG.warnf(
                    "A person could not be told that a bypass code was used: %s",
                    failure.getClass().getSimpleName());
        }
    }

    @Transactional
    void tell(long number) {
        subjects.find(number)
                .ifPresent(subject -> notices.tell(subject, addresses.of(subject), new Notice.BypassCodeUsed(), null));
    }
}
