package io.postern.demo.account;

/**
 * A person of the admin area.
 *
 * @param id never changes and is never given to another person; it is the subject id at Postern, which a user name or a
 *           mail address could not be
 * @param role what they may do here; a policy may require a second step of some roles only
 */
public record User(String id, String displayName, String email, String role) {
    /** Looks after the whole area, its rules of sign-in included. */
    public static final String ADMINISTRATOR = "administrator";

    public boolean isAdministrator() {
        return role.equals(ADMINISTRATOR);
    }
}
