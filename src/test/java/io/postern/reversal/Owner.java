package io.postern.reversal;

import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.NoticeLinks;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A person with an authenticator app, recovery codes and a mailbox that they read. */
record Owner(Postern postern, Api api, Person person, String email, List<String> recoveryCodes) {

    static Owner enrolled(Postern postern, Api api) {
        return enrolled(postern, api, "en");
    }

    static Owner enrolled(Postern postern, Api api, String locale) {
        var person = Person.registered(postern, api);
        var email = Correspondent.newAddress();
        api.put(person.path(), Map.of("email", email, "locale", locale)).expect(200);
        var owner = new Owner(postern, api, person, email, codes(person.enroll()));
        owner.link(1); // mails of changes that follow at once may overtake each other
        return owner;
    }

    static List<String> codes(Answer answer) {
        var codes = new ArrayList<String>();
        answer.json().path("recovery_codes").forEach(code -> codes.add(code.textValue()));
        return codes;
    }

    /** The newest link once there are so many in the mailbox; that of the enrollment is the first. */
    String link(int number) {
        return new NoticeLinks(postern, email).newest(number);
    }

    String path(String rest) {
        return person.path(rest);
    }

    Answer state() {
        return api.get(person.path()).expect(200);
    }

    /** With a proof by the app. */
    Api proven(String action) {
        return person.with(person.proof(action));
    }

    /** The ids of the factors that are shown. */
    List<String> factors() {
        var ids = new ArrayList<String>();
        state().json()
                .path("factors")
                .forEach(factor -> ids.add(factor.path("id").textValue()));
        return ids;
    }

    /** What asking for a challenge comes to. */
    String standing() {
        return person.challenge(api, Map.of("purpose", "sign_in")).text("status");
    }

    /** Adds a mail address as a factor; its id. */
    String add(String address) {
        var proven = proven("add_factor");
        var pending =
                Correspondent.begin(proven, person.path(), "email", address).expect(201);
        proven.post(
                        path("/factors/" + pending.text("id") + "/activate"),
                        Map.of("code", Correspondent.codes(postern, address, 1).getFirst()))
                .expect(200);
        return pending.text("id");
    }

    void remove(String factor) {
        proven("remove_factor").delete(path("/factors/" + factor)).expect(204);
    }

    Answer useRecoveryCode(String code) {
        return api.post(
                "/v1/challenges/" + person.challenge() + "/verify", Map.of("factor", "recovery_code", "code", code));
    }
}
