package io.postern.event;

import io.postern.factor.FactorType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event is about: ids only, nothing secret and nothing personal.
 *
 * @param subject the number of the subject's row, a pseudonym; null where the event is about nobody
 * @param client the API client that called
 * @param actor who at the help desk or among the operators acted: an operator who signed in by their name, others as the
 *     calling product names them; null where no person is known
 * @param reason why they did (RULES F4)
 */
public record About(
        String application,
        @Nullable Long subject,
        @Nullable UUID factor,
        @Nullable FactorType factorType,
        @Nullable UUID challenge,
        @Nullable String client,
        @Nullable String actor,
        @Nullable String reason) {

    /** About what nobody at the help desk did. */
    public About(
            String application,
            @Nullable Long subject,
            @Nullable UUID factor,
            @Nullable FactorType factorType,
            @Nullable UUID challenge,
            @Nullable String client) {
        this(application, subject, factor, factorType, challenge, client, null, null);
    }

    /** About no subject, and done by no client. */
    public static About application(String application) {
        return new About(application, null, null, null, null, null);
    }

    /** About no subject, done by this client. */
    public static About client(String application, String client) {
        return new About(application, null, null, null, null, client);
    }

    /** The same, done by an operator where there is one. */
    public static About client(String application, String client, @Nullable String actor) {
        return new About(application, null, null, null, null, client, actor, null);
    }

    public static About subject(String application, long subject, String client) {
        return new About(application, subject, null, null, null, client);
    }

    /** Done by the person, or for them, and by no client. */
    public static About person(String application, long subject) {
        return new About(application, subject, null, null, null, null);
    }

    /** Done to a factor by the person, or for them, and by no client. */
    public static About person(String application, long subject, UUID factor, FactorType type) {
        return new About(application, subject, factor, type, null, null);
    }

    public static About factor(String application, long subject, UUID factor, FactorType type, String client) {
        return new About(application, subject, factor, type, null, client);
    }

    /** The same, done by an actor of the help desk for a reason. */
    public About by(Errand errand) {
        return new About(application, subject, factor, factorType, challenge, client, errand.actor(), errand.reason());
    }
}
