package io.postern.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in that a remembered computer stood in for, as its verification token says it (RULES A1, A2).
 *
 * @param application the audience
 * @param subject the person's id in the application
 * @param version the subject's version
 * @param provenAt when a second factor was last proven on the computer, the {@code auth_time}
 * @param at now
 */
public record Recollection(
        String application, String subject, @Nullable String nonce, long version, Instant provenAt, Instant at) {}
