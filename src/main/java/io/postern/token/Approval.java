package io.postern.token;

import io.postern.factor.FactorType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A challenge that was approved, as its verification token says it.
 *
 * @param application the audience
 * @param subject the person's id in the application
 * @param challenge the challenge's id
 * @param provenAt when the code was accepted, the {@code auth_time}
 * @param factor the factor that proved it
 * @param type its kind
 * @param version the subject's version then: a later change of factors makes the token worthless as a proof
 */
public record Approval(
        String application,
        String subject,
        String challenge,
        Purpose purpose,
        @Nullable Action action,
        @Nullable String nonce,
        UUID factor,
        FactorType type,
        long version,
        Instant provenAt) {}
