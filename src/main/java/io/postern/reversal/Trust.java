package io.postern.reversal;

import io.postern.subject.SubjectRecord;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** What a reversal asks of whoever keeps the factors. Each call belongs to a transaction that holds the subject's row. */
public interface Trust {

    /** The mail addresses at which the person is told of changes now. */
    Set<String> addresses(SubjectRecord subject);

    /**
     * Brings the factors back to how they were before a change: those that came with it or later are suspended, those that
     * went with it or later are there again. While two-factor is on, a factor below level 2 comes back suspended, so that
     * whoever reads a mailbox is not let in by it where they were not before (RULES F5). Pending ones go.
     *
     * @param change the number of the change
     * @param unlocked factors that it or a later one unlocked, which are locked again
     */
    void takeBack(SubjectRecord subject, long change, Set<UUID> unlocked);

    /** Forgets the mail addresses that were replaced since: they are the person's again, or never were. */
    void forgetReplaced(SubjectRecord subject, Instant since);

    /** Makes suspended factors usable again, but for those in whose place another is. */
    void reinstate(SubjectRecord subject);

    /** Deletes suspended factors. Where no other is left they stay, for this must not turn two-factor off. */
    void discard(SubjectRecord subject);
}
