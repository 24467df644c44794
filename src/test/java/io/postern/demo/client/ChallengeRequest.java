package io.postern.demo.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a challenge is wanted for.
 *
 * @param action the change that a step-up proves; empty for a sign-in
 * @param least  the least level that will do
 * @param roles  the person's, for a policy that asks a second step of some only
 * @param deviceToken what this computer kept of its last sign-in as this person
 * @param nonce  unguessable and new for each challenge; it comes back in the token
 */
public record ChallengeRequest(
        String subject,
        Optional<Action> action,
        Level least,
        List<String> roles,
        String nonce,
        String ip,
        Optional<String> userAgent,
        Optional<String> deviceToken) {

    public ChallengeRequest {
        roles = List.copyOf(roles);
    }

    /** {@code sign_in}, or {@code step_up} where an action is named. */
    public String purpose() {
        return action.isPresent() ? "step_up" : "sign_in";
    }

    Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("subject", subject);
        body.put("purpose", purpose());
        action.ifPresent(a -> body.put("action", a.wireName()));
        body.put("acr", least.acr());
        body.put("roles", roles);
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
