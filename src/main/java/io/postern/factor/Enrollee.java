package io.postern.factor;

/**
 * Whom a factor is made for, as an authenticator app will show it.
 *
 * @param application the application's name
 * @param account the person's mail address, or their id where none is known
 */
public record Enrollee(String application, String account) {}
