package io.postern.demo.page;

import java.time.Instant;
import java.util.Optional;

/**
 * A webhook's call that was good.
 *
 * @param id      of the message, the same at each attempt
 * @param subject whom it is about
 * @param again   whether the message had been taken before, so that nothing was done about it
 */
public record ReceivedCall(Instant at, String id, String type, Optional<String> subject, boolean again) {}
