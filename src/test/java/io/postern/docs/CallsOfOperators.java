package io.postern.docs;

import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Postern;
import java.util.List;
import java.util.Map;

/** Makes the calls of operators about themselves and each other. */
final class CallsOfOperators {

    private static final String PASSWORD = "seven lamps above the quay";
    private static final String NEXT_PASSWORD = "nine clouds over the harbour";
    private static final Map<String, String> REASON = Map.of("reason", "A test");

    private final DocumentedCalls calls;
    private final Postern postern;
    private final Api nobody;
    private final String phone = Correspondent.newNumber();

    CallsOfOperators(DocumentedCalls calls, Postern postern) {
        this.calls = calls;
        this.postern = postern;
        this.nobody = Api.at(postern.first());
    }

    /** The calls of the first one, who manages another. */
    Api all() {
        var admin = firstOperator();
        otherOperators(admin);
        return admin;
    }

    /** Signs in by codes that are sent by SMS. */
    private Api firstOperator() {
        var address = Correspondent.newAddress();
        var first = calls.call(
                nobody,
                "POST /v1/operators/bootstrap",
                Map.of("secret", Postern.BOOTSTRAP_SECRET, "name", "first", "email", address, "password", PASSWORD));
        var byPassword = nobody.withBasic("first", PASSWORD);
        var enrolling = nobody.withToken(
                calls.call(byPassword, "POST /v1/operators/sign-in").expect(200).text("access_token"));
        calls.at("subject", first.text("id"));
        var pending = calls.call(
                enrolling, "POST /v1/subjects/{subject}/factors", Map.of("type", "sms", "phone_number", phone));
        calls.at("factor", pending.text("id"));
        calls.call(enrolling, "POST /v1/subjects/{subject}/factors/{factor}/activate", Map.of("code", codes(1)));

        var own = signIn(byPassword, pending.text("id"));
        calls.call(own, "GET /v1/operators/me");
        changePassword(own, first.text("id"), pending.text("id"));
        return signIn(nobody.withBasic("first", NEXT_PASSWORD), pending.text("id"));
    }

    private Api signIn(Api byPassword, String factor) {
        calls.at(
                "challenge",
                calls.call(byPassword, "POST /v1/operators/sign-in").expect(201).text("id"));
        Correspondent.nothingWasSent(postern);
        int before = postern.sms().messagesTo(phone).size();
        calls.call(nobody, "POST /v1/operators/sign-in/{challenge}/send", Map.of("factor", factor));
        var signedIn = calls.call(
                nobody,
                "POST /v1/operators/sign-in/{challenge}/verify",
                Map.of("factor", factor, "code", codes(before + 1)));
        return nobody.withToken(signedIn.text("access_token"));
    }

    private void changePassword(Api own, String operator, String factor) {
        var challenge = calls.call(
                own,
                "POST /v1/challenges",
                Map.of("subject", operator, "purpose", "step_up", "action", "change_password"));
        calls.at("challenge", challenge.text("id"));
        Correspondent.nothingWasSent(postern);
        calls.call(own, "POST /v1/challenges/{challenge}/send", Map.of("factor", factor));
        var proof =
                calls.call(own, "POST /v1/challenges/{challenge}/verify", Map.of("factor", factor, "code", codes(3)));
        calls.call(
                own.with("X-Verification-Token", proof.text("verification_token")),
                "POST /v1/operators/me/password",
                Map.of("current_password", PASSWORD, "new_password", NEXT_PASSWORD));
    }

    private String codes(int count) {
        return Correspondent.codes(postern, phone, count).getLast();
    }

    private void otherOperators(Api admin) {
        var invited = calls.call(
                admin,
                "POST /v1/operators",
                Map.of("name", "second", "email", Correspondent.newAddress(), "role", "viewer"));
        calls.call(
                nobody,
                "POST /v1/operators/accept-invitation",
                Map.of("invitation", invited.text("invitation"), "password", PASSWORD));
        calls.at("operator", invited.json().at("/operator/id").asText());
        calls.call(admin, "GET /v1/operators");
        calls.call(admin, "GET /v1/operators/{operator}");
        calls.call(admin, "PATCH /v1/operators/{operator}", Map.of("role", "support", "reason", "A test"));
        for (var order : List.of("suspend", "resume", "invitation", "reset")) {
            calls.call(admin, "POST /v1/operators/{operator}/" + order, REASON);
        }
    }
}
