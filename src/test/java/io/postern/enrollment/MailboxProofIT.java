package io.postern.enrollment;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a proof by mail allows beside an app, and what not (RULES F2). */
final class MailboxProofIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);

    /** RULES F2: the lower of the new factor's level and the highest active one's. */
    @Test
    void proofOfLevelOneAddsAnAppToAMailbox() {
        var person = Correspondent.byMail(postern, api);
        var proven = api.with("X-Verification-Token", person.proof("add_factor"));
        proven.post(person.path() + "/factors", Map.of("type", "totp")).expect(201);
    }

    /** RULES F2: two-factor is not turned off by a mailbox where there is an app. */
    @Test
    void proofOfLevelOneDoesNotDisableLevelTwo() {
        var person = Person.enrolled(postern, api);
        var address = Correspondent.newAddress();
        var mailbox = addMailbox(person, address);

        person.with(proofByMail(person, "disable", mailbox, address))
                .post(person.path("/disable"))
                .expectProblem(403, "verification_required");
    }

    /** RULES F2: the level of what is removed. */
    @Test
    void proofOfLevelOneRemovesAMailboxAndNoApp() {
        var person = Person.enrolled(postern, api);
        var address = Correspondent.newAddress();
        var mailbox = addMailbox(person, address);
        var proven = person.with(proofByMail(person, "remove_factor", mailbox, address));

        proven.delete(person.path("/factors/" + person.factor())).expectProblem(403, "verification_required");
        proven.delete(person.path("/factors/" + mailbox)).expect(204);
    }

    private String addMailbox(Person person, String address) {
        var proven = person.with(person.proof("add_factor"));
        var mailbox = Correspondent.begin(proven, person.path(), "email", address)
                .expect(201)
                .text("id");
        proven.post(person.path("/factors/" + mailbox + "/activate"), Map.of("code", code(address, 1)))
                .expect(200);
        return mailbox;
    }

    private String proofByMail(Person person, String action, String mailbox, String address) {
        var challenge = person.challenge(api, Map.of("purpose", "step_up", "action", action))
                .expect(201)
                .text("id");
        postern.redis().command("DEL", "postern:{" + challenge.substring(0, 22) + "}:sends");
        api.post("/v1/challenges/" + challenge + "/send", Map.of("factor", mailbox))
                .expect(202);
        return api.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", mailbox, "code", code(address, 2)))
                .expect(200)
                .text("verification_token");
    }

    private String code(String destination, int count) {
        return Correspondent.codes(postern, destination, count).getLast();
    }
}
