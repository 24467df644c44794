package io.postern.demo;

import io.postern.demo.account.User;
import io.postern.demo.client.Action;
import io.postern.demo.client.Approved;
import io.postern.demo.client.ChallengeAnswer;
import io.postern.demo.client.ChallengeAnswer.Remembered;
import io.postern.demo.client.ChallengeRequest;
import io.postern.demo.client.Expectation;
import io.postern.demo.client.Factor;
import io.postern.demo.client.Level;
import io.postern.demo.client.PosternClient;
import io.postern.demo.client.ProblemException;
import io.postern.demo.client.Proof;
import io.postern.demo.client.TokenRefusedException;
import io.postern.demo.client.UnavailableException;
import io.postern.demo.client.VerificationTokenCheck;
import io.postern.demo.page.FactorKind;
import io.postern.demo.web.Request;
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Asks Postern for a challenge and submits a code to it: the same for a sign-in and for a change. */
final class SecondStep {
    /** The proof was made by the very call that gave the token, so this only bounds how far it may have strayed. */
    private static final Duration OLDEST_PROOF = Duration.ofMinutes(5);

    /** The longest that a policy of Postern lets a computer be remembered. */
    private static final Duration OLDEST_MEMORY = Duration.ofDays(90);

    private static final Logger LOG = System.getLogger(SecondStep.class.getName());

    /** A wish and what Postern said to it. */
    record Asked(ChallengeRequest request, ChallengeAnswer answer) {}

    private final PosternClient postern;
    private final VerificationTokenCheck check;
    private final SecureRandom random;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();

    SecondStep(PosternClient postern, VerificationTokenCheck check, SecureRandom random) {
        this.postern = postern;
        this.check = check;
        this.random = random;
    }

    /**
     * @throws UnavailableException if nobody can tell whether this person has a second factor
     * @throws ProblemException if Postern refused
     */
    Asked askForSignIn(User user, Request request) {
        register(user);
        // A computer that is remembered (level 0) will do, and any proof, also a code by email, which is less than a
        // second
        // factor (level 1). Whoever wants more asks for more, and Postern then sets the computer's token aside.
        return ask(user, Optional.empty(), Level.ZERO, ComputerCookie.read(request, user), request);
    }

    /** As {@link #askForSignIn}, for a proof of one change. */
    Asked askForChange(User user, Action action, Level least, Request request) {
        return ask(user, Optional.of(action), least, Optional.empty(), request);
    }

    /**
     * Makes the person known to Postern, which knows nobody by itself and answers 404 for a stranger, never
     * {@code not_enrolled}. A product does this when it makes the account and when the mail address changes. The demo's
     * accounts are made when it starts, hence at the first use in this process.
     */
    private void register(User user) {
        if (!registered.contains(user.id())) {
            postern.register(user.id(), user.email(), user.displayName(), "en");
            registered.add(user.id());
        }
    }

    private Asked ask(User user, Optional<Action> action, Level least, Optional<String> deviceToken, Request browser) {
        var request = new ChallengeRequest(
                user.id(),
                action,
                least,
                List.of(user.role()),
                newNonce(),
                browser.address(),
                browser.userAgent().map(SecondStep::shorten),
                deviceToken);
        return new Asked(request, postern.challenge(request));
    }

    /** Submits what the person typed. A code is believed to be right only when its token passes every check. */
    CodeResult submit(OpenChallenge challenge, String factorId, String typed) {
        Optional<Factor> factor = challenge.choice(factorId);
        Optional<FactorKind> kind = factor.flatMap(FactorKind::of);
        if (factor.isEmpty() || kind.isEmpty()) {
            return new CodeResult.Again(422, "Choose one of your ways to confirm.");
        }
        String code = kind.get().normalize(typed);
        if (!kind.get().couldBe(code)) {
            return new CodeResult.Again(422, kind.get().complaint());
        }
        return submit(challenge, factor.get(), code);
    }

    private CodeResult submit(OpenChallenge challenge, Factor factor, String code) {
        ChallengeRequest asked = challenge.asked();
        String id = challenge.pending().id();
        try {
            Approved approved = postern.verify(id, asked.subject(), factor.id(), code);
            Proof proof = check.check(approved.token(), Expectation.of(asked, id, OLDEST_PROOF));
            return new CodeResult.Passed(proof, approved.token(), approved.computer());
        } catch (ProblemException e) {
            return CodeResult.of(e);
        } catch (UnavailableException e) {
            LOG.log(Logger.Level.WARNING, "A code could not be checked: {0}", e.getMessage());
            return CodeResult.UNKNOWN;
        } catch (TokenRefusedException e) {
            LOG.log(Logger.Level.ERROR, "A verification token was not believed: {0}", e.getMessage());
            return new CodeResult.Ended(
                    502, "The answer to your code could not be trusted, so nothing was opened or changed.");
        }
    }

    /**
     * What Postern says of a computer that it remembers, where it may be believed.
     *
     * @throws UnavailableException if its token passes no check, or Postern's keys cannot be had
     */
    Proof believe(ChallengeRequest asked, Remembered remembered) {
        try {
            return check.check(remembered.token(), Expectation.ofRemembered(asked, OLDEST_MEMORY));
        } catch (TokenRefusedException e) {
            throw new UnavailableException("The token of a remembered computer was not believed: " + e.getMessage());
        }
    }

    private String newNonce() {
        byte[] nonce = new byte[24];
        random.nextBytes(nonce);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    private static String shorten(String userAgent) {
        return userAgent.substring(0, Math.min(userAgent.length(), 256));
    }
}
