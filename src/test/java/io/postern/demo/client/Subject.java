package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A person's second factors, as Postern holds them.
 *
 * @param twoFactorOn whether a sign-in asks for a second step; said by Postern, never derived from the list
 * @param factors     the active ones
 * @param lockedUntil the end of a delay after wrong codes
 * @param frozenSince since when nothing can be added, because a change was disowned
 * @param recoveryCodes empty while the person has none
 * @param askEverySignIn what the person wishes: a code at every sign-in, also on a computer that is remembered
 */
public record Subject(
        boolean twoFactorOn,
        List<Factor> factors,
        Optional<Instant> lockedUntil,
        Optional<Instant> frozenSince,
        Optional<RecoveryCodes> recoveryCodes,
        boolean askEverySignIn) {

    /**
     * The state of a person's recovery codes, of which nothing but their number is known any longer.
     *
     * @param confirmed whether the person has shown, by typing one, that they kept them
     */
    public record RecoveryCodes(int left, boolean confirmed) {}

    public Subject {
        factors = List.copyOf(factors);
    }

    static Subject of(JsonNode json) {
        var reply = new Reply(json);
        boolean on = switch (reply.text("two_factor")) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new UnavailableException("Postern's answer has an unknown 'two_factor'");
        };
        List<Factor> active = Factor.listOf(reply.list("factors")).stream()
                .filter(factor -> !factor.isPending())
                .toList();
        return new Subject(
                on,
                active,
                reply.optionalInstant("locked_until"),
                reply.optionalInstant("frozen_since"),
                reply.optionalNumber("recovery_codes_left")
                        .map(left -> new RecoveryCodes(left, reply.flag("recovery_codes_confirmed", false))),
                json.path("preferences").path("ask_every_sign_in").asBoolean(false));
    }

    public Optional<Factor> factor(String id) {
        return factors.stream().filter(factor -> factor.id().equals(id)).findFirst();
    }
}
