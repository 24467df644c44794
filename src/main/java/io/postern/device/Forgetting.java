package io.postern.device;

import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.message.Notice;
import io.postern.notice.AddressBook;
import io.postern.notice.Notices;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.StoreUnavailable;
import io.postern.subject.Subjects;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Forgets computers, always in the transaction of what makes them be forgotten (RULES G1, G2). */
@Singleton
public class Forgetting {

    private static final String ALL = "delete from remembered_device where subject_id = ? returning name";
    private static final String ONE = "delete from remembered_device where subject_id = ? and id = ? returning name";
    private static final String REUSED = """
            delete from remembered_device where subject_id = ? and id = ? and token <> ?
              and (previous is distinct from ? or rotated_at <= now() - {grace})
            returning name
            """.replace("{grace}", DeviceUse.GRACE);

    private final DataSource dataSource;
    private final Subjects subjects;
    private final Notices notices;
    private final AddressBook addresses;
    private final Event<SecurityEvent> events;

    Forgetting(
            DataSource dataSource,
            Subjects subjects,
            Notices notices,
            AddressBook addresses,
            Event<SecurityEvent> events) {
        this.dataSource = dataSource;
        this.subjects = subjects;
        this.notices = notices;
        this.addresses = addresses;
        this.events = events;
    }

    /** RULES G2: whoever changes factors has done so on one computer, and the others were let in by the old ones. */
    void on(@Observes SecurityEvent.FactorsChanged change) {
        var about = change.about();
        var subject = about.subject();
        if (subject != null) {
            all(ofSubject(about, subject), subject);
        }
    }

    /** Forgets all computers of a subject; none need be there. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void all(String application, long subject, String client) {
        all(About.subject(application, subject, client), subject);
    }

    /** The same, and how many there were. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int all(About about, long subject) {
        var forgotten = delete(ALL, subject);
        report(about, forgotten);
        return forgotten.size();
    }

    /** No factor's: of whoever acted, and why. */
    private static About ofSubject(About about, long subject) {
        return new About(about.application(), subject, null, null, null, about.client(), about.actor(), about.reason());
    }

    /**
     * Forgets one; its name.
     *
     * @throws Problem {@code not_found}
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public String one(About about, long subject, UUID device) {
        var forgotten = delete(ONE, subject, device);
        if (forgotten.isEmpty()) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        report(about, forgotten);
        return forgotten.getFirst();
    }

    private void report(About about, List<String> forgotten) {
        if (!forgotten.isEmpty()) {
            events.fire(new SecurityEvent.DevicesForgotten(about, forgotten.size()));
        }
    }

    /** Ends a device whose token came again after its successor, and tells its person once. */
    @Transactional
    void endReused(Computer computer, DeviceToken token, byte[] digest) {
        var ended = delete(REUSED, computer.subjectId(), token.series(), digest, digest);
        if (ended.isEmpty()) {
            return;
        }
        events.fire(new SecurityEvent.DeviceTokenReused(
                About.subject(computer.application(), computer.subjectId(), computer.client())));
        subjects.find(computer.subjectId())
                .ifPresent(subject -> notices.tell(
                        subject, addresses.of(subject), new Notice.DeviceTokenReused(ended.getFirst()), computer.ip()));
    }

    /** The names of those that were there. */
    private List<String> delete(String sql, Object... values) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            var names = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
