package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A code to the registered address before a first factor (RULES F3). */
final class ConfirmationIT {

    private final Postern postern = Postern.shared();
    private final Registrant person = Registrant.on(postern);
    private final Api api = person.api();
    private final String path = person.path();

    /** RULES F3: whoever has only the password does not bind a factor of their own. */
    @Test
    void policyMayAskForACodeToTheKnownAddressBeforeAFirstFactor() {
        var email = Correspondent.newAddress();
        api.put(path, Map.of("email", email)).expect(200);
        var sql = Sql.on(postern);
        sql.change("update application set policy = '{\"confirm_email_first\":true}' where id = 'demo-admin'");
        try {
            var pending = api.post(path + "/factors", Map.of("type", "totp")).expect(201);
            assertEquals("p•••@example.com", pending.text("confirmation_sent_to"));
            var factor = person.factor(pending);
            var confirmation = person.codeFor(email);
            assertTrue(api.get(factor).json().at("/confirmation_sent/queued_at").isTextual(), "it tells of both codes");
            var code = Totp.codeAt(pending.text("secret"), Instant.now());

            api.post(factor + "/activate", Map.of("code", code)).expectProblem(422, "invalid_code");
            api.post(factor + "/activate", Map.of("code", code, "email_code", Correspondent.wrong(confirmation)))
                    .expectProblem(422, "invalid_code");
            api.post(factor + "/activate", Map.of("code", "no code", "email_code", confirmation))
                    .expectProblem(422, "invalid_code");
            api.post(factor + "/send-confirmation").expectProblem(429, "too_many_sends");
            api.post(factor + "/activate", Map.of("code", code, "email_code", confirmation))
                    .expect(200);
        } finally {
            sql.change("update application set policy = '{}' where id = 'demo-admin'");
        }
    }

    /** RULES H3. */
    @Test
    void repeatedCallSendsTheConfirmationOnce() {
        var email = Correspondent.newAddress();
        api.put(path, Map.of("email", email)).expect(200);
        var sql = Sql.on(postern);
        sql.change("update application set policy = '{\"confirm_email_first\":true}' where id = 'demo-admin'");
        try {
            var pending = api.post(path + "/factors", Map.of("type", "totp")).expect(201);
            person.codeFor(email);
            postern.redis().command("FLUSHALL");
            var once = api.with("Idempotency-Key", UUID.randomUUID().toString());
            var send = person.factor(pending) + "/send-confirmation";
            once.post(send).expect(202);
            once.post(send).expect(202);
            assertEquals(2, Correspondent.codes(postern, email, 2).size());
        } finally {
            sql.change("update application set policy = '{}' where id = 'demo-admin'");
        }
    }
}
