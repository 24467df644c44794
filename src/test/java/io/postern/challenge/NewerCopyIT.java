package io.postern.challenge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.postern.crypto.KeyRing;
import io.postern.crypto.Place;
import io.postern.crypto.SecretBox;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.ExtraCopy;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** DESIGN section 6: while a newer version is rolled out, copies of both serve the same challenges. */
final class NewerCopyIT {
    private static final int TAG = 22;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final SecretBox box = new SecretBox(new KeyRing(postern.keys().ring()), new SecureRandom());

    @Test
    void challengeWithMembersOfANewerVersionIsServed() throws IOException {
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        var key = "postern:{" + challenge.substring(0, TAG) + "}:challenge:" + challenge.substring(TAG);
        var place = new Place("challenge", "state", challenge);
        var sealed = String.valueOf(postern.redis().command("HGET", key, "state"));
        var state = (ObjectNode) JSON.readTree(box.openWhole(Base64.getDecoder().decode(sealed), place));
        state.put("of_a_newer_version", "something");
        state.withArray("candidates")
                .forEach(candidate ->
                        ((ObjectNode) candidate).putObject("of_a_newer_version").put("a", 1));
        var newer = Base64.getEncoder().encodeToString(box.sealWhole(JSON.writeValueAsBytes(state), place));
        postern.redis().command("HSET", key, "state", newer);

        api.get("/v1/challenges/" + challenge).expect(200);
        person.verify(challenge, person.code()).expect(200);
    }

    /** An older copy that is restarted while a newer version is rolled out, or after going back. */
    @Test
    void copyThatMigratesAtItsStartPassesOverWhatItDoesNotKnow() {
        var sql = Sql.on(postern);
        sql.change("""
                insert into flyway_schema_history
                  (installed_rank, version, description, type, script, installed_by, execution_time, success)
                select max(installed_rank) + 1, '999', 'of a newer version', 'SQL', 'V999__newer.sql', 'postern', 1, true
                from flyway_schema_history
                """);
        try (var copy = ExtraCopy.of(postern, Map.of())) {
            var person = Person.enrolled(postern, copy.api(SeededClient.DEMO_ADMIN));
            person.verify(person.challenge(), person.code()).expect(200);
        } finally {
            sql.change("delete from flyway_schema_history where version = '999'");
        }
    }
}
