package io.postern.demo.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a challenge is wanted for.
 *
 * @param action the change that a step-up proves; empty for a sign-in
 * @param least  the least level that will do
 * @param deviceToken what this computer kept of its last sign-in as this person
 * @param nonce  unguessable and new for each challenge; it comes back in the token
 */
public record ChallengeRequest(
        String subject,
        Optional<Action> action,
        Level least,
        String nonce,
        String ip,
        Optional<String> userAgent,
        Optional<String> deviceToken) {

    /** {@code sign_in}, or {@code step_up} where an action is named. */
    public String purpose() {
        return action.isPresent() ? "step_up" : "sign_in";
    }

    Map<String, String> body() {
        var body = new LinkedHashMap<String, String>();
        body.put("subject", subject);
        body.put("purpose", purpose());
        action.ifPresent(a -> body.put("action", a.wireName()));
        body.put("acr", least.acr());
        body.put("nonce", nonce);
        body.put("ip", ip);
        userAgent.ifPresent(agent -> body.put("user_agent", agent));
        deviceToken.ifPresent(token -> body.put("device_token", token));
        return body;
    }

    @Override
    public String toString() {
        return "ChallengeRequest[" + purpose() + "]"; // keeps the token out of logs
    }
}
