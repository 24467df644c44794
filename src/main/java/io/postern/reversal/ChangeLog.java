package io.postern.reversal;

import io.postern.message.Notice;
import io.postern.notice.Notices;
import io.postern.subject.SubjectRecord;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notes changes in the order in which they are made, and tells people of them with the link that takes them back (RULES F5). */
@Singleton
public class ChangeLog {

    private final Changes changes;
    private final Links links;
    private final Notices notices;
    private final Clock clock;

    ChangeLog(Changes changes, Links links, Notices notices, Clock clock) {
        this.changes = changes;
        this.links = links;
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * Notes a change in its transaction, under the subject's row lock. Of another mail address the one before is kept, sealed.
     *
     * @param subject as it is before the change
     * @param factor that the change is about
     */
    @Transactional(TxType.MANDATORY)
    public NotedChange note(SubjectRecord subject, Notice notice, @Nullable UUID factor) {
        var now = clock.instant();
        return new NotedChange(changes.add(subject, notice, factor, now), subject, notice, now);
    }

    /** Tells a change, in its own words. */
    @Transactional(TxType.MANDATORY)
    public void tell(NotedChange change, Set<String> before, Collection<String> told) {
        tell(change, change.notice(), before, told);
    }

    /**
     * Tells a change. Only an address that was held before it gets a link, spelled as it was then: one that came with the
     * change may be the very one to be taken back. In a freeze nobody gets any, so that what a person revokes then stays so.
     *
     * @param before the addresses held before the change
     * @param told all to be told
     */
    @Transactional(TxType.MANDATORY)
    public void tell(NotedChange change, Notice notice, Set<String> before, Collection<String> told) {
        var held = new HashMap<String, String>();
        before.forEach(address -> held.put(key(address), address));
        var isFrozen = change.subject().frozenSince() != null;
        var linked = new HashMap<String, Optional<URI>>();
        for (var address : told) {
            var known = held.get(key(address));
            var gets = known != null && !isFrozen;
            linked.computeIfAbsent(
                    known == null ? address : known, to -> gets ? Optional.of(links.make(change)) : Optional.empty());
        }
        notices.tell(change.subject(), linked, notice);
    }

    /** Those of the subject that can be disowned or were, the oldest first. */
    @Transactional(TxType.MANDATORY)
    public List<HeldChange> held(SubjectRecord subject) {
        return changes.of(subject);
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
