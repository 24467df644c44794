package io.postern.delivery.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MailboxTest {

    @Test
    void addressMayHaveAName() {
        assertEquals(
                Optional.of(new Mailbox("Shop, Inc.", "no-reply@shop.example")),
                Mailbox.parse("Shop, Inc. <no-reply@shop.example>"));
        assertEquals(Optional.of(new Mailbox("", "a+b@example.com")), Mailbox.parse(" a+b@example.com "));
        assertEquals(
                Optional.of(new Mailbox("", "jos\u00e9@ex\u00e4mple.com")),
                Mailbox.parse("jos\u00e9@ex\u00e4mple.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "owner",
                "a@b@c",
                "a@example.com,b@example.com",
                "a@example.com;b@example.com",
                "a b@example.com",
                "a@exam ple.com",
                "a@example.com\r\nBcc: b@example.com",
                "Shop\r\nBcc: b@example.com <a@example.com>",
                "<a@example.com> <b@example.com>",
                "a@example.com>",
                "\"a b\"@example.com",
                "a@example.com (Owner)"
            })
    void whatIsNotOneMailboxIsRefused(String text) {
        assertEquals(Optional.empty(), Mailbox.parse(text));
    }
}
