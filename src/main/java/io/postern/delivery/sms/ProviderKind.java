package io.postern.delivery.sms;

/** The providers that can be configured. */
enum ProviderKind {
    TWILIO,
    HTTP
}
