package io.postern.delivery;

import java.time.Duration;

/**
 * Who has taken a message.
 *
 * @param took of the try that succeeded, alone
 */
public record Handed(String provider, Duration took) {}
