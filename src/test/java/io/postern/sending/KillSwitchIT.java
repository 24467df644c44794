package io.postern.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.postern.embedded.Build;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES E2: the switch by which an operator stops a channel. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KillSwitchIT {
    private static final String STOP = "insert into sending_stop (channel, application_id, region, reason) values ";

    private final Stores stores = Stores.shared();
    private final Copy copy = Copy.on(stores);

    @BeforeEach
    void register() throws SQLException {
        stores.sql("insert into application (id, name) values ('shop-admin', 'Shop') on conflict do nothing");
    }

    @AfterEach
    void release() throws SQLException {
        stores.sql("delete from sending_stop");
    }

    @AfterAll
    void close() {
        copy.close();
    }

    @Test
    void channelIsStoppedForAllUntilItIsReleased() throws SQLException {
        stores.sql(STOP + "('sms', null, null, 'invoice')");
        copy.stops(sms(), Refusal.SWITCH);
        copy.stops(sms().proved(), Refusal.SWITCH);
        copy.stops(Draft.sms().in("CA"), Refusal.SWITCH);
        copy.reserve(mail());

        stores.sql("delete from sending_stop where channel = 'sms' and application_id is null and region is null");

        copy.reserve(sms());
    }

    @Test
    void mailIsStoppedToo() throws SQLException {
        stores.sql(STOP + "('email', null, null, 'blocklist')");
        copy.stops(mail(), Refusal.SWITCH);
        copy.reserve(sms());
    }

    @Test
    void oneApplicationIsStopped() throws SQLException {
        stores.sql(STOP + "('sms', 'shop-admin', null, 'abuse')");
        copy.stops(sms(), Refusal.SWITCH);
        copy.stops(sms().in("CA"), Refusal.SWITCH);
        copy.reserve(Draft.sms());
    }

    @Test
    void oneRegionIsStopped() throws SQLException {
        stores.sql(STOP + "('sms', null, 'CA', 'pumping')");
        copy.stops(sms().in("CA"), Refusal.SWITCH);
        copy.stops(Draft.sms().in("CA"), Refusal.SWITCH);
        copy.reserve(sms());
    }

    @Test
    void oneRegionOfOneApplicationIsStopped() throws SQLException {
        stores.sql(STOP + "('sms', 'shop-admin', 'CA', 'pumping')");
        copy.stops(sms().in("CA"), Refusal.SWITCH);
        copy.reserve(sms());
        copy.reserve(Draft.sms().in("CA"));
    }

    @Test
    void stoppedSendIsCountedNowhere() throws SQLException {
        stores.sql(STOP + "('sms', null, null, 'invoice')");
        var send = sms();
        copy.stops(send, Refusal.SWITCH);
        assertEquals(0, stores.counted(send.slot()));
    }

    @Test
    void statementsOfTheOperationsPageStopAndRelease() throws Exception {
        var blocks = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Build.directory().resolveSibling("docs/operations.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("sending_stop"))
                .toList();
        assertEquals(2, blocks.size());

        stores.sql(blocks.getFirst());
        copy.stops(Draft.sms(), Refusal.SWITCH);
        copy.stops(Draft.sms().in("CA"), Refusal.SWITCH);
        copy.stops(mail(), Refusal.SWITCH);
        copy.reserve(Draft.mail());

        stores.sql(blocks.getLast());
        copy.reserve(sms());
        copy.reserve(sms().in("CA"));
        copy.reserve(mail());
    }

    /** A slip of the pen must not look like a stop. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "('mail', null, null, 'no such channel')",
                "('sms', 'shop-admn', null, 'no such application')",
                "('sms', null, 'us', 'no such region')",
                "('email', null, 'US', 'mails have no region')",
                "('sms', null, null, null)",
                "('sms', null, null, 'twice'), ('sms', null, null, 'twice')"
            })
    void rowThatStopsNothingIsRefused(String row) {
        assertThrows(SQLException.class, () -> stores.sql(STOP + row));
    }

    private static Draft sms() {
        return Draft.sms().of("shop-admin");
    }

    private static Draft mail() {
        return Draft.mail().of("shop-admin");
    }
}
