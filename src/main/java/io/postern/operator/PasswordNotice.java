package io.postern.operator;

import io.postern.application.Applications;
import io.postern.message.Notice;
import io.postern.notice.AddressBook;
import io.postern.notice.Notices;
import io.postern.subject.Subjects;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Tells an operator that their password was set: whoever else did it is found by that (RULES F5). */
@Singleton
class PasswordNotice {

    private final Subjects subjects;
    private final AddressBook addresses;
    private final Notices notices;

    PasswordNotice(Subjects subjects, AddressBook addresses, Notices notices) {
        this.subjects = subjects;
        this.addresses = addresses;
        this.notices = notices;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void tell(UUID operator) {
        var subject = subjects.require(Applications.CONSOLE, operator.toString());
        notices.tell(subject, addresses.of(subject), new Notice.PasswordSet(), null);
    }
}
