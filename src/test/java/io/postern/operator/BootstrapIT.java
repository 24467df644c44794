package io.postern.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.OperatorUser;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The first operator, in a set without any. */
@TestInstance(Lifecycle.PER_CLASS)
final class BootstrapIT {

    private static final String PATH = OperatorUser.OPERATORS + "/bootstrap";
    private static final String PASSWORD = "four candles under the bridge";

    private final Postern postern = Postern.start(Postern.Options.DEFAULT);
    private final List<Api> copies = List.of(Api.at(postern.first()), Api.at(postern.second()));

    @AfterAll
    void close() {
        postern.close();
    }

    /** Of many at once over both copies one is first, and nothing makes another afterwards. */
    @Test
    void secretMakesOneOperatorOnceOverAllCopies() throws IOException {
        attempt(0, Map.of("secret", "a".repeat(40))).expectProblem(401, "invalid_credentials");
        attempt(0, Map.of("password", "passwordpassword")).expectProblem(400, "malformed_request");
        attempt(0, Map.of("name", "Ada L")).expectProblem(400, "malformed_request");
        assertEquals(0, Sql.on(postern).number("select count(*) from operator"));

        // As many at once as passwords are worked on at once, in each round.
        var answers = new ArrayList<>(Burst.of(4, number -> attempt(number % 2, Map.of("name", "ada" + number))));
        for (int retries = 0; retries < 20 && answers.stream().noneMatch(answer -> answer.status() == 409); retries++) {
            answers.add(attempt(retries % 2, Map.of("name", "late" + retries)));
        }

        assertEquals(1, count(answers, 201), answers::toString);
        assertTrue(count(answers, 409) >= 1, answers::toString);
        assertEquals(answers.size(), count(answers, 201) + count(answers, 409) + count(answers, 503));
        assertEquals(1, Sql.on(postern).number("select count(*) from operator"));
        attempt(1, Map.of("name", "other")).expectProblem(409, "bootstrap_done");
        attempt(1, Map.of("name", "other", "secret", "wrong")).expectProblem(401, "invalid_credentials");
        assertEquals(
                1, Sql.on(postern).number("select count(*) from audit_event where type = 'operator_password_set'"));
        requireKeptSecret();

        Sql.on(postern).change("update operator set first = false"); // it is for a service without any operator
        attempt(0, Map.of("name", "other")).expectProblem(409, "bootstrap_done");
    }

    private void requireKeptSecret() throws IOException {
        for (var log : postern.logs()) {
            var text = Files.readString(log);
            assertFalse(text.contains(PASSWORD) || text.contains(Postern.BOOTSTRAP_SECRET), log::toString);
        }
        var stored = Sql.on(postern).texts("select password from operator").getFirst();
        assertTrue(stored.startsWith("$2") && stored.contains("$10$"), "bcrypt of the cost that is configured");
        assertEquals(0, Sql.on(postern).number("select count(*) from operator where operator::text like '%candles%'"));
    }

    private Answer attempt(int copy, Map<String, String> members) {
        var body = new HashMap<String, String>(Map.of(
                "secret", Postern.BOOTSTRAP_SECRET, "name", "ada", "email", "ada@example.com", "password", PASSWORD));
        body.putAll(members);
        return copies.get(copy).post(PATH, body);
    }

    private static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }
}
