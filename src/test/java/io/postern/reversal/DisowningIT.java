package io.postern.reversal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Computer;
import io.postern.harness.Correspondent;
import io.postern.harness.NoticeLinks;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RULES F5: what a disowned change comes to. */
final class DisowningIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api browser = Api.at(postern.first());
    private final Api otherBrowser = Api.at(postern.second());
    private final Sql sql = Sql.on(postern);
    private final Owner owner = Owner.enrolled(postern, api);
    private final String phone = owner.person().factor();

    @Test
    void addedFactorIsSuspendedAndWhatWasThereStays() {
        var tablet = SecondApp.of(owner.person(), api);

        disown(owner.link(2));

        assertEquals(List.of(phone), owner.factors());
        assertEquals("suspended", status(tablet.factor()));
        var challenge = owner.person().challenge();
        tablet.verify(api, challenge, tablet.code()).expectProblem(409, "factor_unavailable");
        owner.person().verify(challenge, owner.person().code()).expect(200);
    }

    /** RULES B2: it stays on by what is stored, and the help desk decides. */
    @Test
    void whoHasNothingLeftIsBlockedAndNeverOff() {
        disown(owner.link(1));

        assertEquals("blocked", owner.standing());
        assertEquals("on", owner.state().text("two_factor"));
        assertEquals(List.of(), owner.factors());
        assertEquals(0, owner.state().json().path("recovery_codes_left").intValue());
        assertFalse(owner.state().text("frozen_since").isEmpty());
    }

    @Test
    void removedFactorIsThereAgainAsItWas() {
        var tablet = SecondApp.of(owner.person(), api);
        owner.link(2);
        var spent = tablet.code();
        tablet.verify(api, owner.person().challenge(), spent).expect(200);
        owner.remove(tablet.factor());

        disown(owner.link(3));

        assertEquals(List.of(phone, tablet.factor()), owner.factors());
        var challenge = owner.person().challenge();
        tablet.verify(api, challenge, spent).expectProblem(422, "invalid_code"); // RULES C1
        sql.change("update factor set last_step = -1 where id = ?::uuid", tablet.factor());
        tablet.verify(api, challenge, spent).expect(200);
    }

    @Test
    void twoFactorThatWasTurnedOffIsOnAgainWithItsRecoveryCodes() {
        owner.useRecoveryCode(owner.recoveryCodes().getFirst()).expect(200);
        owner.proven("disable").post(owner.path("/disable")).expect(204);
        assertEquals("not_enrolled", owner.standing());

        disown(owner.link(2));

        assertEquals(List.of(phone), owner.factors());
        assertTrue(owner.state().json().at("/factors/0/default").booleanValue());
        assertEquals(9, owner.state().json().path("recovery_codes_left").intValue());
        owner.useRecoveryCode(owner.recoveryCodes().getFirst()).expectProblem(422, "invalid_code"); // RULES C3
        owner.useRecoveryCode(owner.recoveryCodes().get(1)).expect(200);
    }

    @Test
    void removalOfTheLastFactorIsTakenBack() {
        owner.remove(phone);
        assertEquals("not_enrolled", owner.standing());

        disown(owner.link(2));

        owner.person().verify(owner.person().challenge(), owner.person().code()).expect(200);
        owner.useRecoveryCode(owner.recoveryCodes().getFirst()).expect(200);
    }

    @Test
    void newRecoveryCodesAreSuspendedAndTheOldOnesGoodAgain() {
        var renewed = Owner.codes(owner.proven("new_recovery_codes")
                .post(owner.path("/recovery-codes"))
                .expect(201));

        disown(owner.link(2));

        owner.useRecoveryCode(renewed.getFirst()).expectProblem(422, "invalid_code");
        owner.useRecoveryCode(owner.recoveryCodes().getFirst()).expect(200);
    }

    /** Of several changes since, the first one counts. */
    @Test
    void mailAddressIsTheOneFromBefore() {
        changeEmail(Correspondent.newAddress());
        var link = owner.link(2);
        changeEmail(Correspondent.newAddress());

        disown(link);

        assertEquals(owner.email(), owner.state().text("email"));
    }

    /** RULES F6: whoever changed the address hears of nothing that follows, and the address that is back is no former one. */
    @Test
    void addressThatCameWithADisownedChangeIsForgotten() {
        var theirs = Correspondent.newAddress();
        changeEmail(theirs);
        var link = owner.link(2);
        changeEmail(Correspondent.newAddress());
        assertEquals(3, formerAddresses());

        disown(link);

        assertEquals(1, formerAddresses()); // the one of the registration
    }

    /** RULES F5, F6: who left a mailbox long ago is told of what happens, and takes nothing back by it. */
    @Test
    void replacedAddressGetsNoLinkForLaterChanges() {
        var present = Correspondent.newAddress();
        changeEmail(present);
        owner.link(2);

        SecondApp.of(owner.person(), api);

        new NoticeLinks(postern, present).newest(1);
        Await.until(
                Duration.ofSeconds(20),
                "told",
                () -> postern.mail().mailsTo(owner.email()).size() == 3);
        assertEquals(2, new NoticeLinks(postern, owner.email()).paths(2).size());
    }

    /** RULES G2. */
    @Test
    void noComputerIsRememberedAfterwards() {
        SecondApp.of(owner.person(), api);
        var link = owner.link(2);
        var computer = Computer.of(owner.person());

        disown(link);

        assertEquals(201, computer.signIn().status());
    }

    /** Two-factor was off in between, when a change of the address needs no proof and is told to nobody. */
    @Test
    void mailAddressThatWasChangedWhileTwoFactorWasOffIsTakenBackToo() {
        owner.proven("disable").post(owner.path("/disable")).expect(204);
        api.put(owner.person().path(), Map.of("email", Correspondent.newAddress()))
                .expect(200);

        disown(owner.link(2));

        assertEquals(owner.email(), owner.state().text("email"));
    }

    @Test
    void unlockedFactorIsLockedAgain() {
        var tablet = SecondApp.of(owner.person(), api);
        owner.link(2);
        sql.change("update factor set failures = 100, locked_at = now() where id = ?::uuid", phone);
        var stepUp = owner.person()
                .challenge(api, Map.of("purpose", "step_up", "action", "unlock_factor"))
                .expect(201)
                .text("id");
        var proof = tablet.verify(api, stepUp, tablet.code()).expect(200).text("verification_token");
        owner.person()
                .with(proof)
                .post(owner.path("/factors/" + phone + "/unlock"))
                .expect(200);

        disown(owner.link(3));

        assertEquals(1, sql.number("select count(*) from factor where id = ?::uuid and locked_at is not null", phone));
    }

    /** Whoever reads a mailbox is not let in by it where they were not before they pressed the button. */
    @Test
    void removedMailboxStaysSuspendedWhileTwoFactorIsOn() {
        var mailbox = owner.add(Correspondent.newAddress());
        owner.link(2);
        owner.remove(mailbox);

        disown(owner.link(3));

        assertEquals("suspended", status(mailbox));
        assertEquals(List.of(phone), owner.factors());
    }

    /** As before, in two presses: the first leaves nothing to sign in with, and that is not off. */
    @Test
    void mailboxComesBackToNoBlockedPersonEither() {
        var mailbox = owner.add(Correspondent.newAddress());
        owner.link(2);
        owner.remove(phone);
        var removal = owner.link(3);
        sql.change("update factor set status = 'suspended', default_factor = false where id = ?::uuid", mailbox);

        disown(removal);

        assertEquals("suspended", status(mailbox));
        assertEquals(List.of(phone), owner.factors());
    }

    /** A moment ago the password alone was enough. */
    @Test
    void mailboxIsUsableAgainWhereTwoFactorWasTurnedOff() {
        var mailbox = owner.add(Correspondent.newAddress());
        owner.link(2);
        owner.proven("disable").post(owner.path("/disable")).expect(204);

        disown(owner.link(3));

        assertEquals(new HashSet<>(List.of(phone, mailbox)), new HashSet<>(owner.factors()));
    }

    /** Whoever made one change that was not the person's may have made the later ones. */
    @Test
    void olderLinkTakesAllBackThatCameAfterIt() {
        var tablet = SecondApp.of(owner.person(), api);
        var link = owner.link(2);
        var later = SecondApp.of(owner.person(), api);
        owner.proven("new_recovery_codes").post(owner.path("/recovery-codes")).expect(201);
        owner.remove(phone);

        disown(link);

        assertEquals(List.of(phone), owner.factors());
        assertEquals(List.of("suspended", "suspended"), List.of(status(tablet.factor()), status(later.factor())));
        owner.useRecoveryCode(owner.recoveryCodes().getFirst()).expect(200);
    }

    @Test
    void newerLinkLeavesWhatCameBeforeIt() {
        var tablet = SecondApp.of(owner.person(), api);
        owner.link(2);
        SecondApp.of(owner.person(), api);

        disown(owner.link(3));

        assertEquals(List.of(phone, tablet.factor()), owner.factors());
    }

    /** A factor of somebody else's, which its owner has removed and disowned, does not return by the link of the removal. */
    @Test
    void disownedFactorIsNotBroughtBackByAnotherLink() {
        var strange = SecondApp.of(owner.person(), api);
        var added = owner.link(2);
        owner.remove(strange.factor());
        var removed = owner.link(3);
        disown(added);

        disown(removed);

        assertEquals(List.of(phone), owner.factors());
        assertEquals(List.of(), sql.texts("select status from factor where id = ?::uuid", strange.factor()));
        assertEquals(0, events("factor_restored"));
    }

    @Test
    void changeIsTakenBackOnceHoweverOftenTheButtonIsPressedOnBothCopies() {
        SecondApp.of(owner.person(), api);
        var link = owner.link(2);

        var answers = Burst.of(12, number -> NoticeLinks.press(number % 2 == 0 ? browser : otherBrowser, link));

        answers.forEach(answer -> answer.expect(200));
        assertEquals(1, answers.stream().map(Answer::body).distinct().count());
        assertEquals(1, events("change_disowned"));
        assertEquals(1, events("subject_frozen"));
        assertEquals(1, events("factor_suspended"));
        assertEquals(
                answers.getFirst().body(),
                NoticeLinks.press(browser, link).expect(200).body());
        assertEquals(answers.getFirst().body(), browser.get(link).expect(200).body());
    }

    /** RULES F3. */
    @Test
    void openChallengesProofsAndPendingFactorsAreVoid() {
        SecondApp.of(owner.person(), api);
        var link = owner.link(2);
        var proof = owner.person().proof("add_factor");
        var pending = owner.person()
                .with(proof)
                .post(owner.path("/factors"), Map.of("type", "totp"))
                .expect(201)
                .text("id");
        var unused = owner.person().proof("remove_factor");
        var open = owner.person().challenge();

        disown(link);

        owner.person().verify(open, owner.person().code()).expectProblem(409, "challenge_closed");
        owner.person().with(unused).delete(owner.path("/factors/" + phone)).expectProblem(403, "verification_required");
        api.get(owner.path("/factors/" + pending)).expectProblem(404, "not_found");
    }

    /** The one that came with the change too: its reader learns that it was noticed. */
    @Test
    void allAddressesAreTold() {
        var mailbox = Correspondent.newAddress();
        owner.add(mailbox);

        disown(owner.link(2));

        for (var address : List.of(owner.email(), mailbox)) {
            Await.until(
                    Duration.ofSeconds(20),
                    "told",
                    () -> postern.mail().mailsTo(address).stream()
                            .anyMatch(mail -> mail.subject().endsWith("was taken back")));
        }
        var told = postern.mail().mailsTo(owner.email()).getLast();
        assertFalse(told.text().contains("http"), told::text);
    }

    @Test
    void linkIsGoodForSevenDays() {
        SecondApp.of(owner.person(), api);
        var link = owner.link(2);
        move("interval '7 days' - interval '1 minute'");
        browser.get(link).expect(200);
        move("interval '2 minutes'");

        browser.get(link).expect(404);
        NoticeLinks.press(browser, link).expect(404);

        assertEquals(2, owner.factors().size());
        assertTrue(owner.state().json().path("frozen_since").isMissingNode());
    }

    /** RULES I1: nothing is changed for it. */
    @Test
    void suspendedApplicationsLinksDoNothing() {
        var second = postern.api(SeededClient.OTHER_ADMIN, 0);
        var theirs = Owner.enrolled(postern, second);
        var link = theirs.link(1);
        sql.change("update application set suspended_at = now() where id = 'other-admin'");
        try {
            NoticeLinks.press(browser, link).expect(403);
        } finally {
            sql.change("update application set suspended_at = null where id = 'other-admin'");
        }
        assertEquals(1, theirs.factors().size());
    }

    /** RULES H5: over a pseudonym, and by nobody's client. */
    @Test
    void whatWasDoneIsAudited() {
        var tablet = SecondApp.of(owner.person(), api);
        var link = owner.link(2);
        owner.remove(phone);

        disown(link);

        assertNotEquals(0, events("change_disowned"));
        assertEquals(
                1,
                sql.number(
                        "select count(*) from audit_event where type = 'factor_suspended' and client_id is null"
                                + " and factor_id = ?::uuid",
                        tablet.factor()));
        assertEquals(
                1,
                sql.number(
                        "select count(*) from audit_event where type = 'factor_restored' and factor_id = ?::uuid",
                        phone));
    }

    private long formerAddresses() {
        return sql.number(
                "select count(*) from former_address where subject_id = (select id from subject where external_id = ?)",
                owner.person().subject());
    }

    private void changeEmail(String address) {
        owner.proven("change_email")
                .put(owner.person().path(), Map.of("email", address))
                .expect(200);
    }

    private void disown(String link) {
        NoticeLinks.press(otherBrowser, link).expect(200);
    }

    private String status(String factor) {
        return sql.texts("select status from factor where id = ?::uuid", factor).getFirst();
    }

    private void move(String time) {
        sql.change(
                "update subject_change set at = at - (" + time
                        + ") where subject_id = (select id from subject where external_id = ?)",
                owner.person().subject());
    }

    private long events(String type) {
        return sql.number(
                "select count(*) from audit_event where type = ? and subject_id ="
                        + " (select id from subject where external_id = ?)",
                type,
                owner.person().subject());
    }
}
