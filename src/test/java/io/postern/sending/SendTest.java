package io.postern.sending;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SendTest {

    /** An SMS without one would have neither budget nor breaker (RULES E2). */
    @Test
    void smsHasARegionAndAMailHasNone() {
        var mail = Draft.mail().in("US");
        assertThrows(IllegalArgumentException.class, mail::send);
        var sms = Draft.sms();
        assertThrows(
                IllegalArgumentException.class,
                () -> new Send(
                        sms.application(),
                        sms.slot(),
                        sms.factor(),
                        sms.channel(),
                        sms.destination(),
                        Draft.mail().region(),
                        false,
                        null,
                        500));
    }

    @Test
    void budgetIsNotBelowNone() {
        assertThrows(
                IllegalArgumentException.class, () -> Draft.sms().within(-1).send());
    }

    /** RULES C4. */
    @Test
    void textOfASendTellsNoDestinationAndNoAddress() {
        var send = Draft.sms().from("192.0.2.1").send();
        assertTrue(send.toString().contains(send.application()));
        assertFalse(send.toString().contains(send.destination()));
        assertFalse(send.toString().contains("192.0.2.1"));
    }
}
