package io.postern.demo;

import io.postern.demo.client.ProblemException;
import io.postern.demo.page.FactorKind;
import io.postern.demo.page.Words;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Why no code goes out, in words for the person.
 *
 * @param pause until it may be asked for again, where that is known
 */
record SendRefusal(String sentence, Optional<Duration> pause) {
    /** Nobody can tell whether one went out. */
    static final SendRefusal UNKNOWN =
            new SendRefusal("The code could not be sent right now. Wait a moment, then ask for one.", Optional.empty());

    /** Reads Postern's refusal; empty where it is about something else than the sending. */
    static Optional<SendRefusal> of(ProblemException problem, FactorKind kind) {
        Optional<Duration> pause = problem.retryAfter();
        String later = pause.map(time -> " Try again in " + Words.span(time) + ", or use another way.")
                .orElse(" Try again later, or use another way.");
        boolean sms = kind == FactorKind.SMS;
        return switch (problem.code()) {
            case "too_many_sends" ->
                refusal("No code was sent, because enough messages went out for now." + later, pause);
            case "too_many_attempts" ->
                refusal("No code was sent: after several wrong codes, the next can be tried later." + later, pause);
            case "sending_stopped" ->
                refusal("No " + (sms ? "text messages" : "emails")
                        + " are sent at the moment, which may last for hours. Use another way.");
            case "factor_unavailable" -> refusal("This way cannot be used right now. Use another one.");
            case "challenge_closed", "factor_closed", "not_found" ->
                refusal("This has ended, so no code was sent. Begin again.");
            case "invalid_address" -> refusal("No code can be sent to this address. Write it like name@example.com.");
            case "invalid_phone_number" ->
                refusal("No text message can be sent to this number. It has to be a mobile number, with a plus and the"
                        + " country’s code in front, for example +1 415 555 2671.");
            case "region_not_allowed" ->
                refusal("No text messages are sent to numbers of " + country(problem)
                        + ". Use a number of another country, or another way.");
            case "factor_exists" ->
                refusal("You have this " + (sms ? "number" : "address") + " already, and it signs you in.");
            default -> Optional.empty();
        };
    }

    private static Optional<SendRefusal> refusal(String sentence) {
        return refusal(sentence, Optional.empty());
    }

    private static Optional<SendRefusal> refusal(String sentence, Optional<Duration> pause) {
        return Optional.of(new SendRefusal(sentence, pause));
    }

    private static String country(ProblemException problem) {
        return problem.region()
                .filter(region -> region.matches("[A-Z]{2}"))
                .map(region -> Locale.of("", region).getDisplayCountry(Locale.ENGLISH))
                .orElse("this country");
    }
}
