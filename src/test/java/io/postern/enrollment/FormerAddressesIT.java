package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** RULES F6: who changes the address is not the only one who hears of what comes after. */
final class FormerAddressesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String OF =
            "from former_address f join subject s on s.id = f.subject_id where s.external_id = ?";

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Sql sql = Sql.on(postern);
    private final Person person = Person.enrolled(postern, api);

    @Test
    void replacedAddressHearsOfLaterChangesForThirtyDays() {
        var first = replace(Correspondent.newAddress());
        replace(Correspondent.newAddress());
        assertEquals(
                List.of("30"),
                sql.texts(
                        "select extract(day from f.ends_at - f.replaced_at)::int " + OF
                                + " and f.replaced_at > now() - interval '1 minute' limit 1",
                        person.subject()));
        mails(first, 2); // that it was set, and that it was replaced

        SecondApp.of(person, api);
        mails(first, 3);

        sql.change(
                "update former_address set ends_at = now() - interval '1 second' where subject_id ="
                        + " (select id from subject where external_id = ?)",
                person.subject());
        var present = replace(Correspondent.newAddress());
        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);
        mails(present, 2);
        assertEquals(3, postern.mail().mailsTo(first).size());
    }

    /** Who has not turned two-factor on yet can still be robbed of the account: the first factor is told to both. */
    @Test
    void addressFromBeforeTheFirstFactorHearsOfIt() {
        var registered = Person.registered(postern, api);
        var first = Correspondent.newAddress();
        api.put(registered.path(), Map.of("email", first)).expect(200);
        api.put(registered.path(), Map.of("email", Correspondent.newAddress())).expect(200);

        registered.enroll();

        mails(first, 1);
    }

    @Test
    void addressThatIsBackIsNoFormerOne() {
        var first = replace(Correspondent.newAddress());
        var second = replace(Correspondent.newAddress());
        replace(first);
        assertEquals(2, count()); // the one of the registration, and the second
        replace(second.toUpperCase(Locale.ROOT));
        assertEquals(2, count());
    }

    @Test
    void tenAreHeldAndTheEarliestStay() {
        var registered = Person.registered(postern, api);
        var addresses = IntStream.range(0, 12)
                .mapToObj(number -> Correspondent.newAddress())
                .toList();
        addresses.forEach(
                address -> api.put(registered.path(), Map.of("email", address)).expect(200));

        registered.enroll();

        mails(addresses.getFirst(), 1);
        mails(addresses.getLast(), 1);
        assertEquals(10, sql.number("select count(*) " + OF, registered.subject()));
        assertEquals(List.of(), postern.mail().mailsTo(addresses.get(10)));
    }

    /** RULES H4 */
    @Test
    void formerAddressIsSealed() {
        var first = replace(Correspondent.newAddress());
        replace(Correspondent.newAddress());

        var rows = sql.texts("select encode(f.address, 'escape') || f::text " + OF, person.subject());
        assertEquals(2, rows.size());
        assertFalse(rows.toString().contains(first.substring(0, 20)), rows::toString);
    }

    private String replace(String address) {
        person.with(person.proof("change_email"))
                .put(person.path(), Map.of("email", address))
                .expect(200);
        return address;
    }

    private long count() {
        return sql.number("select count(*) " + OF, person.subject());
    }

    private void mails(String address, int count) {
        Await.until(
                SOON, count + " mails", () -> postern.mail().mailsTo(address).size() >= count);
        assertEquals(count, postern.mail().mailsTo(address).size());
    }
}
