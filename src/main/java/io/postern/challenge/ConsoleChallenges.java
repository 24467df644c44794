package io.postern.challenge;

import io.postern.application.Applications;
import io.postern.factor.Level;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.token.Purpose;
import io.postern.token.VerificationTokens;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

/**
 * The second step of those who run Postern: the same challenges as everyone's, of the application {@value
 * Applications#CONSOLE}, of level 2 at least whatever its policy says, and no computer is remembered.
 */
@Singleton
public final class ConsoleChallenges {

    private static final String CONSOLE = Applications.CONSOLE;

    private final ChallengeCreation creation;
    private final CodeSending sending;
    private final ChallengeVerification verification;
    private final VerificationTokens tokens;

    ConsoleChallenges(
            ChallengeCreation creation,
            CodeSending sending,
            ChallengeVerification verification,
            VerificationTokens tokens) {
        this.creation = creation;
        this.sending = sending;
        this.verification = verification;
        this.tokens = tokens;
    }

    /**
     * A challenge that was passed.
     *
     * @param subject who passed it
     * @param nonce as it was given when the challenge was made; null where there was none
     * @param recoveryCodesLeft after a recovery code alone
     */
    public record Passed(
            String subject,
            @Nullable String nonce,
            @Nullable Integer recoveryCodesLeft) {}

    /**
     * Asks for a second step; empty where two-factor is off.
     *
     * @throws Problem {@code frozen} where nothing that is left may be used (RULES F5)
     * @param nonce what ties the challenge to the password that was right before; never shown
     */
    public Optional<ChallengeView> create(
            String subject, String nonce, @Nullable String ip, @Nullable String userAgent) {
        var wanted = new NewChallenge(
                subject, Purpose.SIGN_IN, null, Level.SECOND_FACTOR.acr(), null, nonce, null, ip, userAgent);
        var view = creation.create(CONSOLE, CONSOLE, wanted);
        return switch (view.status()) {
            case NOT_ENROLLED, ENROLLMENT_REQUIRED -> Optional.empty();
            case BLOCKED -> throw Problem.of(ProblemCode.FROZEN);
            case PENDING, REMEMBERED, APPROVED, FAILED -> Optional.of(view);
        };
    }

    /** As {@link CodeSending#send}. */
    public SentView send(String challenge, SendRequest wanted) {
        return sending.send(CONSOLE, CONSOLE, id(challenge), wanted);
    }

    /** As {@link ChallengeVerification#verify}. */
    public Passed verify(String challenge, Verification wanted) {
        var withoutDevice = new Verification(wanted.factor(), wanted.code(), wanted.subject(), false);
        var approved = verification.verify(CONSOLE, CONSOLE, id(challenge), withoutDevice);
        var claims = tokens.read(approved.verificationToken()).orElseThrow();
        return passed(claims, approved.recoveryCodesLeft());
    }

    private static Passed passed(JwtClaims claims, @Nullable Integer codesLeft) {
        try {
            return new Passed(claims.getSubject(), claims.getStringClaimValue("nonce"), codesLeft);
        } catch (MalformedClaimException e) {
            throw new IllegalStateException("A token of ours cannot be read", e);
        }
    }

    private static ChallengeId id(String text) {
        return ChallengeId.parse(text).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }
}
