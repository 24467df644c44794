package io.postern.factor;

import org.jspecify.annotations.Nullable;

/**
 * Whom a factor is made for.
 *
 * @param application the application's name, as an authenticator app will show it
 * @param account the person's mail address, or their id where none is known
 * @param destination where codes are to go, as the person wrote it; null for a factor without
 */
public record Enrollee(
        String application, String account, @Nullable String destination) {}
