package io.postern.delivery.mail;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Mail. The server itself is set by {@code QUARKUS_MAILER_…}. */
@ConfigMapping(prefix = "postern.mail")
interface MailSettings {

    /** The sender of mails whose application names none: an address, or {@code Name <address>}. Without it there is no mail. */
    Optional<String> from();
}
