package io.postern.delivery.sms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The SMS providers. */
@ConfigMapping(prefix = "postern.sms")
interface SmsConfig {

    /** Which are used, {@code twilio} and {@code http}, the first one first; the next stands by for when one fails. None: no SMS. */
    Optional<List<ProviderKind>> providers();

    Twilio twilio();

    Http http();

    /** Twilio, or a provider with the same interface. */
    interface Twilio {

        /** Where its API begins. */
        @WithDefault("https://api.twilio.com")
        URI url();

        /** The account SID. */
        Optional<String> accountSid();

        /** The auth token. */
        Optional<String> authToken();

        /** The sender's number or name; or name a messaging service. */
        Optional<String> from();

        /** The SID of the messaging service that chooses the sender. */
        Optional<String> messagingServiceSid();

        /** How long to wait for a connection. */
        @WithDefault("5s")
        Duration connectTimeout();

        /** How long to wait for the answer. */
        @WithDefault("5s")
        Duration readTimeout();
    }

    /** A server of the operator's own that is given each SMS by a signed POST. */
    interface Http {

        /** Where to post. */
        Optional<URI> url();

        /** What the posts are signed with: 24 to 64 bytes in Base64, with or without {@code whsec_} in front. */
        Optional<String> secret();

        /** How long to wait for a connection. */
        @WithDefault("5s")
        Duration connectTimeout();

        /** How long to wait for the answer. */
        @WithDefault("5s")
        Duration readTimeout();
    }
}
