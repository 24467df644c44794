package io.postern.reversal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.NoticeLinks;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RULES F5: a freeze blocks additions, not revocations, and not signing in with what is left. */
final class FreezeIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api browser = Api.at(postern.first());
    private final Sql sql = Sql.on(postern);
    private final Owner owner = Owner.enrolled(postern, api);
    private final SecondApp tablet = SecondApp.of(owner.person(), api);
    private final String olderLink = owner.link(2);

    FreezeIT() {
        SecondApp.of(owner.person(), api);
        NoticeLinks.press(browser, owner.link(3)).expect(200);
    }

    @Test
    void nothingIsAdded() {
        owner.proven("add_factor")
                .post(owner.path("/factors"), Map.of("type", "totp"))
                .expectProblem(409, "frozen");
        owner.proven("new_recovery_codes").post(owner.path("/recovery-codes")).expectProblem(409, "frozen");
        owner.proven("change_email")
                .put(owner.person().path(), Map.of("email", Correspondent.newAddress()))
                .expectProblem(409, "frozen");
    }

    /** RULES F3: judged at the activation too. The freeze ended what was pending; here one is begun past it. */
    @Test
    void nothingIsActivated() {
        sql.change(
                "update subject set frozen_at = null where external_id = ?",
                owner.person().subject());
        var proven = owner.proven("add_factor");
        var pending =
                proven.post(owner.path("/factors"), Map.of("type", "totp")).expect(201);
        sql.change(
                "update subject set frozen_at = now() where external_id = ?",
                owner.person().subject());

        proven.post(
                        owner.path("/factors/" + pending.text("id") + "/activate"),
                        Map.of("code", Totp.codeAt(pending.text("secret"), Instant.now())))
                .expectProblem(409, "frozen");
    }

    @Test
    void lockedFactorIsNotUnlocked() {
        sql.change("update factor set locked_at = now(), failures = 100 where id = ?::uuid", tablet.factor());

        owner.proven("unlock_factor")
                .post(owner.path("/factors/" + tablet.factor() + "/unlock"))
                .expectProblem(409, "frozen");
    }

    @Test
    void whatIsLeftSignsInAndIsRenamed() {
        owner.person().verify(owner.person().challenge(), owner.person().code()).expect(200);
        owner.useRecoveryCode(owner.recoveryCodes().getFirst()).expect(200);
        api.patch(owner.path("/factors/" + tablet.factor()), Map.of("label", "Tablet at home"))
                .expect(200);
    }

    /** An address that stays is no change. */
    @Test
    void subjectIsRegisteredAsItIs() {
        api.put(owner.person().path(), Map.of("email", owner.email(), "display_name", "Owner"))
                .expect(200);
    }

    /** The reader of a mailbox, perhaps a thief, has no link that undoes it, and the older ones do not reach it. */
    @Test
    void whatIsRemovedStaysRemoved() {
        var links = new NoticeLinks(postern, owner.email()).paths(3).size();
        owner.remove(owner.person().factor()); // older than the link
        Await.until(
                Duration.ofSeconds(20),
                "told",
                () -> postern.mail().mailsTo(owner.email()).stream()
                        .anyMatch(mail -> mail.subject().startsWith("A factor was removed")));

        NoticeLinks.press(browser, olderLink).expect(200);

        assertEquals(links, new NoticeLinks(postern, owner.email()).paths(links).size());
        assertEquals(
                List.of(),
                sql.texts(
                        "select status from factor where id = ?::uuid",
                        owner.person().factor()));
        assertEquals(List.of(), owner.factors());
    }

    /** It would leave the password alone while it is not known whose account it is. */
    @Test
    void twoFactorIsNotTurnedOff() {
        owner.proven("disable").post(owner.path("/disable")).expectProblem(409, "frozen");
        owner.remove(tablet.factor());
        owner.remove(owner.person().factor());

        assertEquals("blocked", owner.standing());
        assertEquals("on", owner.state().text("two_factor"));
    }

    /** RULES B2: by the freeze alone, where a disowned change has left nothing that could be given back. */
    @Test
    void twoFactorStaysOnWithoutAnyFactor() {
        owner.remove(tablet.factor());
        owner.remove(owner.person().factor());
        sql.change(
                "delete from factor where subject_id = (select id from subject where external_id = ?)",
                owner.person().subject());

        assertEquals("on", owner.state().text("two_factor"));
        assertEquals("blocked", owner.standing());
    }

    /** The level that a change takes does not sink by a disowned change, once the freeze is lifted. */
    @Test
    void suspendedFactorStillAsksForItsProof() {
        sql.change(
                "update factor set status = 'suspended', default_factor = false where status = 'active'"
                        + " and subject_id = (select id from subject where external_id = ?)",
                owner.person().subject());
        sql.change(
                "update subject set frozen_at = null where external_id = ?",
                owner.person().subject());

        api.post(owner.path("/factors"), Map.of("type", "totp")).expectProblem(403, "verification_required");
        assertEquals("on", owner.state().text("two_factor"));
        assertEquals("blocked", owner.standing());
    }

    @Test
    void anotherPersonIsNotFrozen() {
        var other = Owner.enrolled(postern, api);

        SecondApp.of(other.person(), api);

        assertFalse(other.factors().isEmpty());
    }
}
