package io.postern.delivery.sms;

import jakarta.ws.rs.core.Form;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Twilio's Programmable Messaging, and whoever speaks like it. */
final class TwilioProvider implements SmsProvider {

    private final TwilioApi api;
    private final String account;
    private final String authorization;
    private final String senderField;
    private final String sender;

    TwilioProvider(SmsConfig.Twilio config) {
        account = required(config.accountSid(), "account-sid");
        var login = account + ":" + required(config.authToken(), "auth-token");
        authorization = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        senderField = config.from().isPresent() ? "From" : "MessagingServiceSid";
        sender = required(config.from().or(config::messagingServiceSid), "from or messaging-service-sid");
        api = Clients.of(TwilioApi.class, config.url(), config.connectTimeout(), config.readTimeout());
    }

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public void send(String to, String text, UUID id, Duration limit) {
        var form = new Form().param("To", to).param(senderField, sender).param("Body", text);
        Answers.await(name(), api.send(account, authorization, form), limit);
    }

    private static String required(Optional<String> value, String setting) {
        return value.orElseThrow(() -> new IllegalStateException("postern.sms.twilio." + setting + " must be set"));
    }
}
