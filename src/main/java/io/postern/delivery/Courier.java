package io.postern.delivery;

import java.time.Duration;

/** Takes the messages of one channel to the server or provider that delivers them. */
public interface Courier {

    Channel channel();

    /** Whether the operator has configured the channel. */
    boolean isOn();

    /**
     * Hands the message over. When the limit is over the try has ended for good: nothing of it goes out later.
     *
     * @return who has taken it
     * @throws NotDelivered with whether another try may help
     */
    Handed send(Message message, Duration limit);
}
