package io.postern.demo;

import io.postern.harness.Postern;
import io.postern.harness.Totp;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The app on the phone of one of the demo's users. */
final class AuthenticatorApp {
    private static final String OF_USER =
            " where subject_id in (select id from subject where application_id = ? and external_id = ?)";

    private final Postern postern;
    private final String application;
    private final String user;
    private final String key;

    AuthenticatorApp(Postern postern, String application, String user, String key) {
        this.postern = postern;
        this.application = application;
        this.user = user;
        this.key = key;
    }

    /** The code of this moment. Right even where it was used already: then as if the time until the next had passed. */
    String newCode() {
        update(postern, "update factor set last_step = -1" + OF_USER, application, user);
        return Totp.codeAt(key, Instant.now());
    }

    /** The code that it shows where the phone's clock is ahead by so much; negative where it is behind. */
    String codeOfClockAhead(Duration offset) {
        update(postern, "update factor set last_step = -1" + OF_USER, application, user);
        return Totp.codeAt(key, Instant.now().plus(offset));
    }

    /** A code that is right neither now nor soon. */
    String wrongCode() {
        long now = Totp.step(Instant.now());
        return IntStream.range(0, 1_000_000)
                .mapToObj("%06d"::formatted)
                .filter(code -> LongStream.rangeClosed(now - 20, now + 20)
                        .noneMatch(step -> Totp.code(key, step).equals(code)))
                .findFirst()
                .orElseThrow();
    }

    /** Turns two-factor off for a user and forgets their computers, whatever a former test left. */
    static void forget(Postern postern, String application, String user) {
        update(postern, "delete from remembered_device" + OF_USER, application, user);
        update(postern, "delete from factor" + OF_USER, application, user);
        update(
                postern,
                "update subject set frozen_at = null where application_id = ? and external_id = ?",
                application,
                user);
    }

    private static void update(Postern postern, String statement, String application, String user) {
        try (var connection = postern.connect();
                var prepared = connection.prepareStatement(statement)) {
            prepared.setString(1, application);
            prepared.setString(2, user);
            prepared.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
