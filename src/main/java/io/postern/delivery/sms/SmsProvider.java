package io.postern.delivery.sms;

import io.postern.delivery.NotDelivered;
import java.time.Duration;
import java.util.UUID;

/** A way to the phone network. */
interface SmsProvider {

    /** The name in metrics and configuration. */
    String name();

    /**
     * Hands an SMS over; returns when the provider has taken it.
     *
     * @param to in E.164
     * @param id the same at each try
     * @throws NotDelivered when it has not, with whether another try or provider may help
     */
    void send(String to, String text, UUID id, Duration limit);
}
