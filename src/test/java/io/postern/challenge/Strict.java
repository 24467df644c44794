package io.postern.challenge;

import io.postern.embedded.SeededClient;
import io.postern.harness.ExtraCopy;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.List;
import java.util.Map;

/** An application whose policy differs from the defaults. */
final class Strict {
    static final SeededClient CLIENT = new SeededClient(
            "strict-admin", "Strict admin area", "strict-admin", "strict-secret", List.of("verify", "enroll"));

    private static final String POLICY = "{\"challenge_seconds\":60,\"attempts\":2,\"enforcement\":\"required\"}";

    private Strict() {}

    /** Makes the application, once, as an operator would: by the configuration of a copy that starts. */
    static void seed(Postern postern) {
        if (Sql.on(postern).number("select count(*) from application where id = ?", CLIENT.application()) > 0) {
            return;
        }
        var configuration = Map.of(
                "POSTERN_BOOTSTRAP_3__APPLICATION", CLIENT.application(),
                "POSTERN_BOOTSTRAP_3__NAME", CLIENT.name(),
                "POSTERN_BOOTSTRAP_3__POLICY", POLICY,
                "POSTERN_BOOTSTRAP_3__CLIENT", CLIENT.id(),
                "POSTERN_BOOTSTRAP_3__SECRET", CLIENT.secret(),
                "POSTERN_BOOTSTRAP_3__SCOPES", String.join(",", CLIENT.scopes()));
        ExtraCopy.of(postern, configuration).close();
    }

    /** Changes its policy while it is in use. */
    static void allowDrift(Postern postern, int steps) {
        Sql.on(postern)
                .change(
                        "update application set policy = policy || jsonb_build_object('totp_drift_steps', ?::int) where id = ?",
                        steps,
                        CLIENT.application());
    }
}
