package io.postern.notice;

import io.postern.subject.SubjectRecord;
import java.util.Set;

/** The mail addresses at which a person is told of what happens to their security (RULES F5). */
public interface AddressBook {

    /** None where the person has none. */
    Set<String> of(SubjectRecord subject);
}
