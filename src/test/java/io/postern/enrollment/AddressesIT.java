package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.Postern;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses can be enrolled (RFC 5321). */
final class AddressesIT {

    private final Postern postern = Postern.shared();
    private final Registrant person = Registrant.on(postern);

    /** RFC 5321, and nothing by which a header could be forged. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "a@b",
                "a@localhost",
                "@example.com",
                "a@",
                "a b@example.com",
                "a@exa mple.com",
                "\"a\"@example.com",
                "a@example.com,b@example.com",
                "a@[127.0.0.1]",
                "<a@example.com>",
                "a..b@example.com",
                ".a@example.com",
                "a@-example.com",
                "a@example..com",
                "a%0d%0aBcc:b@example.com ",
                "\u00e4@example.com",
            })
    void whatIsNoAddressIsRefused(String address) {
        var refused = person.begin("email", address);
        assertTrue(
                address.startsWith("a%") ? refused.status() == 422 || refused.status() == 400 : refused.status() == 422,
                refused::toString);
        assertEquals(0, person.factors());
    }

    @Test
    void domainsAreWrittenAsMailServersWantThem() {
        var local = "p-" + UUID.randomUUID();
        person.begin("email", local + "@B\u00dcCHER.example").expect(201);
        assertFalse(person.codeFor(local + "@xn--bcher-kva.example").isEmpty());
    }
}
