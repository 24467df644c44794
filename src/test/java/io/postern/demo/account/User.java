package io.postern.demo.account;

/**
 * A person of the admin area.
 *
 * @param id never changes and is never given to another person; it is the subject id at Postern, which a user name or a
 *           mail address could not be
 */
public record User(String id, String displayName, String email) {}
