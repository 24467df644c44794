package io.postern.demo.page;

import io.postern.demo.client.SentCode.Delivery;
import io.postern.demo.web.Html;
import java.time.Duration;
import java.util.Optional;

/**
 * What a page says of the code that it asks for, where codes are sent: where it goes, how far it is, and when another can
 * be asked for. All of it is there without a script; with one, the words follow what happens.
 *
 * @param destination masked
 * @param delivery    of the newest code; empty where none was sent
 * @param refusal     why the last wish for a code was not followed
 * @param pause        until another code can be asked for
 * @param once        makes the form for another code good for one code
 * @param watched     where a script learns how far the code is
 */
public record SendNote(
        FactorKind kind,
        String destination,
        Optional<Delivery> delivery,
        Optional<String> refusal,
        Duration pause,
        String once,
        String watched) {

    /** How far a code is, in a sentence. */
    public static String sentence(FactorKind kind, Delivery delivery) {
        return switch (delivery) {
            case QUEUED -> "It is about to be sent.";
            case RETRYING -> "Sending it has failed so far. It is being tried again by itself.";
            case SENT -> kind == FactorKind.SMS ? "The SMS provider has taken it." : "The mail server has taken it.";
            case FAILED -> "It could not be sent. Ask for a new code, or use another way.";
        };
    }

    Html html() {
        return Html.of(
                "{}{}{}",
                refusal.map(why -> Html.of("<p class=\"notice bad\" role=\"alert\">{}</p>\n", why)),
                delivery.map(this::sent)
                        .orElseGet(() -> Html.of(
                                "<p>A code can be sent to <strong>{}</strong>. None is on its way.</p>\n",
                                destination)),
                delivery.filter(state -> kind == FactorKind.EMAIL).map(state -> Html.of("""
                        <p class="hint">It comes within seconds as a rule, and within five minutes at most. If you do not see \
                        it, look in the spam folder too.</p>
                        """)));
    }

    private Html sent(Delivery state) {
        return Html.of(
                """
                <p>A code goes to <strong>{}</strong>. <span role="status"{}>{}</span></p>
                """,
                destination,
                state.isFinal() ? Html.NONE : Html.of(" data-watch=\"{}\"", watched),
                sentence(kind, state));
    }

    /**
     * The form for another code.
     *
     * @param path   where it goes
     * @param factor the id of the factor; empty where the path alone says it
     */
    Html again(Frame frame, String path, Optional<String> factor) {
        return Html.of(
                """
                <form class="again" method="post" action="{}">
                {}{}<input type="hidden" name="once" value="{}">
                <button{}>{}</button>{}
                </form>
                """,
                path,
                frame.csrfField(),
                factor.map(id -> Html.of("<input type=\"hidden\" name=\"factor\" value=\"{}\">", id)),
                once,
                pause.isPositive()
                        ? Html.of(" data-wait=\"{}\" aria-describedby=\"wait\"", Math.ceilDiv(pause.toMillis(), 1000))
                        : Html.NONE,
                delivery.isPresent() ? "Send a new code" : "Send a code",
                pause.isPositive()
                        ? Html.of(
                                "<p class=\"hint\" id=\"wait\">Possible in {}.</p>", Words.span(pause.plusMillis(999)))
                        : Html.NONE);
    }
}
