package io.postern.event;

/**
 * Who at the help desk or among the operators acts, and why (RULES F4). Both are the calling product's word; they go into
 * the audit trail and nowhere else.
 *
 * @param actor 1 to 128 characters, the actor's id in the calling product
 * @param reason 3 to 500 characters
 */
public record Errand(String actor, String reason) {

    public static final int MOST_ACTOR = 128;
    public static final int LEAST_REASON = 3;
    public static final int MOST_REASON = 500;

    /** Tells nobody's name. */
    @Override
    public String toString() {
        return "Errand[…]";
    }
}
