package io.postern.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.postern.crypto.KeyRing;
import io.postern.crypto.KeyedHash;
import io.postern.delivery.Channel;
import io.postern.embedded.KeyFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES E1: what counts as the same destination or source. */
final class NamesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Names names;

    @BeforeEach
    void makeNames() {
        names = new Names(new KeyedHash(new KeyRing(KeyFiles.in(directory).ring())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JANE@example.com",
                "jane@EXAMPLE.com",
                "jane+x@example.com",
                "jane+@example.com",
                "Jane+a+b@example.com"
            })
    void variantOfAMailboxIsTheMailbox(String variant) {
        assertEquals(mail("jane@example.com"), mail(variant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jan@example.com", "jane@example.org", "jane@b+c.example.com", "jane@c.example.com"})
    void otherMailboxIsAnother(String other) {
        assertNotEquals(mail("jane@example.com"), mail(other));
        assertNotEquals(mail("jane@b+x.example.com"), mail(other));
    }

    @Test
    void plusOfANumberIsPartOfIt() {
        assertNotEquals(names.destination(Channel.SMS, "+14155550123"), names.destination(Channel.SMS, "+14155550124"));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, ::ffff:192.0.2.1",
        "2001:db8:0:1::1, 2001:0DB8:0000:0001:0000:0000:0000:0001",
        "2001:db8:0:1::1, 2001:db8:0:1:ffff::2"
    })
    void addressIsTheSameInEachFormAndANetworkIsOneSource(String one, String other) {
        assertEquals(names.source("app", one), names.source("app", other));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2", "2001:db8:0:1::1, 2001:db8:0:2::1"})
    void otherAddressIsAnotherSource(String one, String other) {
        assertNotEquals(names.source("app", one), names.source("app", other));
    }

    @Test
    void sourceAndRegionAreTheApplicationsOwn() {
        assertNotEquals(names.source("one", "192.0.2.1"), names.source("two", "192.0.2.1"));
        assertNotEquals(names.region("one", "US"), names.region("two", "US"));
        assertNotEquals(names.region("one", "US"), names.region("one", "CA"));
    }

    private String mail(String address) {
        return names.destination(Channel.EMAIL, address);
    }
}
