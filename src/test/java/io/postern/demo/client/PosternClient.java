package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calls of Postern's REST interface that an admin area makes. Each either does what it says, or throws
 * {@link ProblemException} where Postern refused, or {@link UnavailableException} where nobody can tell.
 *
 * <p>A {@code proof} is the verification token of a step-up that was made for this very change (rule F1).
 */
public final class PosternClient implements AutoCloseable {
    private final Calls calls;

    public PosternClient(URI base, String clientId, String clientSecret, Clock clock) {
        this(base, clientId, clientSecret, clock, Http.PATIENCE);
    }

    PosternClient(URI base, String clientId, String clientSecret, Clock clock, Duration patience) {
        this.calls = new Calls(base, clientId, clientSecret, clock, patience);
    }

    /** Registers a person, or brings what Postern knows about them up to date. Touches no factor. */
    public void register(String subject, String email, String displayName, String locale) {
        call(
                "PUT",
                subjectPath(subject),
                Map.of("email", email, "display_name", displayName, "locale", locale),
                Optional.empty());
    }

    public Subject subject(String subject) {
        return Subject.of(call("GET", subjectPath(subject), Map.of(), Optional.empty()));
    }

    /** What the person wishes of sign-ins. */
    public void prefer(String subject, boolean askEverySignIn) {
        call(
                "PUT",
                subjectPath(subject) + "/preferences",
                Map.of("ask_every_sign_in", askEverySignIn),
                Optional.empty());
    }

    /**
     * Begins an enrollment; where codes are sent, the first one is on its way then.
     *
     * @param once the same call with the same text makes nothing new
     */
    public NewFactor addFactor(String subject, FactorRequest request, String once, Optional<String> proof) {
        return NewFactor.of(call("POST", subjectPath(subject) + "/factors", request.body(), new Extras(proof, once)));
    }

    /** A factor; of a pending one also how far its newest code is. */
    public Factor factor(String subject, String factor) {
        return Factor.of(call("GET", factorPath(subject, factor), Map.of(), Optional.empty()));
    }

    /** Sends another first code; {@code once} as in {@link #addFactor}. */
    public NewFactor sendFirstCode(String subject, String factor, String once) {
        return NewFactor.of(
                call("POST", factorPath(subject, factor) + "/send", Map.of(), new Extras(Optional.empty(), once)));
    }

    /** Sends another code to the registered address, where a first factor needs one; {@code once} as above. */
    public void sendConfirmation(String subject, String factor, String once) {
        call("POST", factorPath(subject, factor) + "/send-confirmation", Map.of(), new Extras(Optional.empty(), once));
    }

    /**
     * Ends the enrollment: with a right code the factor is active from now on.
     *
     * @param emailCode the one that went to the registered address, where the factor needs it
     * @return the recovery codes that come with a person's first factor; otherwise none
     */
    public RecoveryCodes activate(
            String subject, String factor, String code, Optional<String> emailCode, Optional<String> proof) {
        var body = new LinkedHashMap<String, String>();
        body.put("code", code);
        emailCode.ifPresent(value -> body.put("email_code", value));
        return RecoveryCodes.of(call("POST", factorPath(subject, factor) + "/activate", body, proof));
    }

    /** New recovery codes; the old ones are dead. */
    public RecoveryCodes renewRecoveryCodes(String subject, Optional<String> proof) {
        return RecoveryCodes.of(call("POST", subjectPath(subject) + "/recovery-codes", Map.of(), proof));
    }

    /** Tells Postern that the codes were kept, which one of them shows. It stays good. */
    public void confirmRecoveryCodes(String subject, String code) {
        call("POST", subjectPath(subject) + "/recovery-codes/confirm", Map.of("code", code), Optional.empty());
    }

    public void rename(String subject, String factor, String label) {
        call("PATCH", factorPath(subject, factor), Map.of("label", label), Optional.empty());
    }

    public void makeDefault(String subject, String factor) {
        call("PATCH", factorPath(subject, factor), Map.of("default", true), Optional.empty());
    }

    public void removeFactor(String subject, String factor, Optional<String> proof) {
        call("DELETE", factorPath(subject, factor), Map.of(), proof);
    }

    /** Turns two-factor off: every factor of the person goes. */
    public void disable(String subject, Optional<String> proof) {
        call("POST", subjectPath(subject) + "/disable", Map.of(), proof);
    }

    /** The computers on which the person's sign-ins are not asked for a code. */
    public List<Device> devices(String subject) {
        return Device.listOf(call("GET", devicesPath(subject), Map.of(), Optional.empty()));
    }

    public void renameDevice(String subject, String device, String name) {
        call("PATCH", devicePath(subject, device), Map.of("name", name), Optional.empty());
    }

    public void forgetDevice(String subject, String device) {
        call("DELETE", devicePath(subject, device), Map.of(), Optional.empty());
    }

    /** Every computer is asked again. To be called whenever the password changes. */
    public void forgetDevices(String subject) {
        call("DELETE", devicesPath(subject), Map.of(), Optional.empty());
    }

    public ChallengeAnswer challenge(ChallengeRequest request) {
        return ChallengeAnswer.of(call("POST", "/v1/challenges", request.body(), Optional.empty()));
    }

    /** The factors of a challenge with what became of the codes that were sent to them; none once it is over. */
    public List<Factor> factorsOf(String challenge) {
        JsonNode answer = call("GET", "/v1/challenges/" + Calls.segment(challenge), Map.of(), Optional.empty());
        return Factor.listOf(answer.path("factors"));
    }

    /** Sends a code to a factor of a challenge; the same call with the same {@code once} sends no second one. */
    public SentCode send(String challenge, String subject, String factor, String once) {
        return SentCode.of(call(
                "POST",
                "/v1/challenges/" + Calls.segment(challenge) + "/send",
                Map.of("factor", factor, "subject", subject),
                new Extras(Optional.empty(), once)));
    }

    /** Submits a code. Whether the computer is to be remembered follows the person's choice. */
    public Approved verify(String challenge, String subject, String factor, String code) {
        JsonNode approved = call(
                "POST",
                "/v1/challenges/" + Calls.segment(challenge) + "/verify",
                Map.of("factor", factor, "code", code, "subject", subject),
                Optional.empty());
        var reply = new Reply(approved);
        return new Approved(reply.text("verification_token"), RememberedComputer.of(reply));
    }

    /** The public keys of the verification tokens, a JWK set (RFC 7517). */
    public String publishedKeys() {
        var answer = calls.open("/.well-known/jwks.json");
        if (answer.status() != 200) {
            throw new UnavailableException("Postern gave no keys: " + answer.status());
        }
        return answer.body();
    }

    /** What a call carries beside its body: the proof of a change, and the key that makes a repetition harmless. */
    private record Extras(Optional<String> proof, Optional<String> once) {
        Extras(Optional<String> proof, String once) {
            this(proof, Optional.of(once));
        }

        Map<String, String> headers() {
            var headers = new LinkedHashMap<String, String>();
            proof.ifPresent(value -> headers.put("X-Verification-Token", value));
            once.ifPresent(value -> headers.put("Idempotency-Key", value));
            return headers;
        }
    }

    private JsonNode call(String method, String path, Map<String, ?> body, Optional<String> proof) {
        return call(method, path, body, new Extras(proof, Optional.empty()));
    }

    private JsonNode call(String method, String path, Map<String, ?> body, Extras extras) {
        return calls.call(method, path, body, extras.headers()).json();
    }

    private static String subjectPath(String subject) {
        return "/v1/subjects/" + Calls.segment(subject);
    }

    private static String factorPath(String subject, String factor) {
        return subjectPath(subject) + "/factors/" + Calls.segment(factor);
    }

    private static String devicesPath(String subject) {
        return subjectPath(subject) + "/devices";
    }

    private static String devicePath(String subject, String device) {
        return devicesPath(subject) + "/" + Calls.segment(device);
    }

    @Override
    public void close() {
        calls.close();
    }
}
