package io.postern.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.MailServer;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RULES F5, D3: every change is told to the addresses held before and after it. */
final class NoticesIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Person person = Person.registered(postern, api);
    private final String email = Correspondent.newAddress();
    private final Answer enrolled;

    NoticesIT() {
        api.put(person.path(), Map.of("email", email, "locale", "en")).expect(200);
        enrolled = person.enroll();
    }

    @Test
    void newFactorIsTold() {
        var mail = mails(email, 1).getFirst();
        assertTrue(mail.text().contains("Authenticator app"), mail::text);
        assertTrue(mail.text().contains("Demo admin area"), mail::text);
        assertEquals("auto-generated", mail.header("Auto-Submitted"));
        assertTrue(mail.text().contains(Postern.ISSUER + "/wasnt-me/"), mail::text);
    }

    /** The removed address too: it may be its owner who is robbed. */
    @Test
    void removedAddressIsToldLikeTheOthers() {
        var second = Correspondent.newAddress();
        var factor = add(second);
        mails(second, 2); // its code, and that it was added
        mails(email, 2);

        person.with(person.proof("remove_factor"))
                .delete(person.path("/factors/" + factor))
                .expect(204);

        mails(second, 3);
        mails(email, 3);
    }

    @Test
    void offIsTold() {
        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);
        assertTrue(mails(email, 2).getLast().subject().contains("Demo admin area"));
    }

    /** It was the person's until this change. */
    @Test
    void addressThatGoesWithTheRestIsToldThatItIsOff() {
        var second = Correspondent.newAddress();
        add(second);
        mails(second, 2); // its code, and that it was added

        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);

        mails(second, 3);
    }

    /** Each learns of the other address, masked. */
    @Test
    void anotherMailAddressIsToldToBoth() {
        mails(email, 1);
        var next = Correspondent.newAddress();
        var proven = person.with(person.proof("change_email"));
        proven.put(person.path(), Map.of("email", next)).expect(200);

        var old = mails(email, 2).stream() // they arrive in any order
                .filter(mail -> !mail.text().contains("A factor was added"))
                .findFirst()
                .orElseThrow();
        var fresh = mails(next, 1).getLast();
        assertFalse(old.text().contains(next.substring(0, 12)), old::text);
        assertFalse(fresh.text().contains(email.substring(0, 12)), fresh::text);
        assertTrue(old.text().contains("•••"), old::text);
        assertTrue(fresh.text().contains("•••"), fresh::text);
    }

    @Test
    void newRecoveryCodesAreTold() {
        person.with(person.proof("new_recovery_codes"))
                .post(person.path("/recovery-codes"))
                .expect(201);
        mails(email, 2);
    }

    /** RULES D3: somebody has the password. */
    @Test
    void repeatedFailuresAreTold() {
        for (int i = 0; i < 5; i++) {
            person.verify(person.challenge(), person.wrongCode()).expectProblem(422, "invalid_code");
        }
        mails(email, 2);
    }

    @Test
    void lockIsTold() {
        Sql.on(postern).change("update factor set failures = 99, told_at = now() where id = ?::uuid", person.factor());
        person.verify(person.challenge(), person.wrongCode()).expectProblem(422, "invalid_code");
        mails(email, 2);
    }

    /** RULES D3. */
    @Test
    void unlockIsTold() {
        var tablet = SecondApp.of(person, api);
        mails(email, 2);
        Sql.on(postern)
                .change("update factor set failures = 100, locked_at = now() where id = ?::uuid", person.factor());
        var stepUp = person.challenge(api, Map.of("purpose", "step_up", "action", "unlock_factor"))
                .expect(201)
                .text("id");
        var proof = tablet.verify(api, stepUp, tablet.code()).expect(200).text("verification_token");

        person.with(proof)
                .post(person.path("/factors/" + person.factor() + "/unlock"))
                .expect(200);

        mails(email, 3);
    }

    /** RULES F2: it stands for what was lost, so its owner has to know. */
    @Test
    void usedRecoveryCodeIsToldAndThatFewAreLeft() {
        mails(email, 1);
        Sql.on(postern)
                .change(
                        "update factor set spent_codes = 1023 - 31 where type = 'recovery_code' and subject_id ="
                                + " (select id from subject where external_id = ?)",
                        person.subject());

        useRecoveryCode(0);
        var used = mails(email, 2).getLast();
        useRecoveryCode(1);
        var low = mails(email, 3).getLast();

        assertTrue(used.subject().startsWith("A recovery code"), used::subject);
        assertTrue(low.subject().startsWith("Few recovery codes"), low::subject);
    }

    /** A change that fails tells nobody. */
    @Test
    void refusedChangeTellsNobody() {
        mails(email, 1);
        api.post(person.path("/disable")).expectProblem(403, "verification_required");
        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);
        assertEquals(2, mails(email, 2).size());
    }

    private void useRecoveryCode(int index) {
        var code = enrolled.json().path("recovery_codes").get(index).textValue();
        api.post("/v1/challenges/" + person.challenge() + "/verify", Map.of("factor", "recovery_code", "code", code))
                .expect(200);
    }

    private String add(String address) {
        var proven = person.with(person.proof("add_factor"));
        var pending =
                Correspondent.begin(proven, person.path(), "email", address).expect(201);
        proven.post(
                        person.path("/factors/" + pending.text("id") + "/activate"),
                        Map.of("code", Correspondent.codes(postern, address, 1).getFirst()))
                .expect(200);
        return pending.text("id");
    }

    private List<MailServer.Mail> mails(String address, int count) {
        Await.until(
                SOON, count + " mails", () -> postern.mail().mailsTo(address).size() >= count);
        return postern.mail().mailsTo(address);
    }
}
