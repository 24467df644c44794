package io.postern.token;

import io.postern.factor.FactorType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A challenge that was approved, as its verification token says it.
 *
 * @param application the audience
 * @param subject the person's id in the application
 * @param challenge the challenge's id
 * @param provenAt when the code was accepted, the {@code auth_time}
 * @param factor the kind of factor that proved it
 * @param version the subject's version then: a later change of factors makes the token worthless as a proof
 */
public record Approval(
        String application,
        String subject,
        String challenge,
        Purpose purpose,
        @Nullable Action action,
        @Nullable String nonce,
        FactorType factor,
        long version,
        Instant provenAt) {}
