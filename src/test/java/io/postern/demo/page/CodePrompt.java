package io.postern.demo.page;

import io.postern.demo.client.Factor;
import io.postern.demo.web.Html;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The part of a page that asks for a code, and offers the person's other ways to prove themselves.
 *
 * @param path    where the form goes; below it, where another way is chosen and another code asked for
 * @param choices the factors that can be used now
 * @param chosen  the one of them that is asked for; none where there is none
 * @param note    where its codes are sent: what became of the newest
 * @param until   the end of the challenge
 * @param error   why the last code led nowhere
 */
public record CodePrompt(
        String path,
        List<Factor> choices,
        Optional<Factor> chosen,
        Optional<SendNote> note,
        Instant until,
        Optional<String> error) {

    List<FieldError> errors() {
        return error.map(message -> List.of(new FieldError("code", message))).orElse(List.of());
    }

    /** The form, or what to do where no factor can be used. */
    Html html(Frame frame, String button) {
        return chosen.flatMap(factor -> FactorKind.of(factor).map(kind -> form(frame, button, factor, kind)))
                .orElseGet(() -> Html.of("""
                        <p>None of your ways to confirm a sign-in can be used right now. Please ask the person who \
                        administers this site for help.</p>
                        <p class="hint"><a href="/help/lost-phone">Phone lost or broken?</a></p>
                        """));
    }

    private Html form(Frame frame, String button, Factor factor, FactorKind kind) {
        Html attributes = Html.of("{}{}", kind.attributes(), error.isEmpty() ? Html.of(" autofocus") : Html.NONE);
        return Html.of(
                """
                {}
                <form method="post" action="{}">
                {}<input type="hidden" name="factor" value="{}">
                {}
                <button class="primary">{}</button>
                </form>
                {}{}
                <p class="hint">There is time until {}.</p>
                <p class="hint"><a href="/help/no-code">No code, or it is wrong?</a> · \
                <a href="/help/lost-phone">Phone lost or broken?</a></p>
                """,
                note.map(SendNote::html).orElseGet(() -> Html.of("<p>{}</p>", kind.instruction())),
                path,
                frame.csrfField(),
                factor.id(),
                new Field("code", label(factor, kind), attributes, errors()).html(),
                button,
                note.map(sent -> sent.again(frame, path + "/send", Optional.of(factor.id()))),
                others(frame, factor),
                Words.hour(until));
    }

    private static String label(Factor factor, FactorKind kind) {
        return kind == FactorKind.TOTP ? "Code from “" + name(factor) + "”" : kind.codeLabel();
    }

    /** Each a form, since choosing one may send a code. */
    private Html others(Frame frame, Factor current) {
        List<Html> ways = choices.stream()
                .filter(factor -> !factor.id().equals(current.id()))
                .map(factor -> Html.of("""
                        <li><form method="post" action="{}/choose">{}<input type="hidden" name="factor" value="{}">\
                        <button class="quiet">{}</button></form></li>
                        """, path, frame.csrfField(), factor.id(), nameWithDestination(factor)))
                .toList();
        return ways.isEmpty()
                ? Html.NONE
                : Html.of(
                        "<section class=\"others\" aria-labelledby=\"others\"><h2 id=\"others\">Use another way</h2>"
                                + "<ul>{}</ul></section>",
                        ways);
    }

    static String inQuery(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private static String nameWithDestination(Factor factor) {
        return factor.destination()
                .map(destination -> name(factor) + " (" + destination + ")")
                .orElseGet(() -> name(factor));
    }

    private static String name(Factor factor) {
        Optional<FactorKind> kind = FactorKind.of(factor);
        return factor.label().isBlank() || kind.equals(Optional.of(FactorKind.RECOVERY_CODE))
                ? kind.map(FactorKind::title).orElse(factor.type())
                : factor.label();
    }
}
