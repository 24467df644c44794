package io.postern.code;

import io.postern.factor.Destination;
import io.postern.message.Occasion;
import io.postern.policy.Policy;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A code to be sent.
 *
 * @param applicationName as the message names it
 * @param slot the subject's tag
 * @param proven whether the destination was proven to be the person's before
 * @param locale the person's language, where known
 * @param ip the person's address, where given
 */
public record CodeOrder(
        String application,
        String applicationName,
        Policy policy,
        String slot,
        UUID factor,
        Destination destination,
        boolean proven,
        Occasion occasion,
        @Nullable String locale,
        @Nullable String ip) {}
