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
 * @param path    where the form goes, and where another way is chosen
 * @param choices the factors that can be used now
 * @param chosen  the id of one of them; otherwise the first of them is asked for
 * @param until   the end of the challenge
 * @param error   why the last code led nowhere
 */
public record CodePrompt(
        String path, List<Factor> choices, Optional<String> chosen, Instant until, Optional<String> error) {

    List<FieldError> errors() {
        return error.map(message -> List.of(new FieldError("code", message))).orElse(List.of());
    }

    /** The form, or what to do where no factor can be used. */
    Html html(Frame frame, String button) {
        return chosenFactor()
                .flatMap(factor -> FactorKind.of(factor).map(kind -> form(frame, button, factor, kind)))
                .orElseGet(() -> Html.of("""
                        <p>None of your ways to confirm a sign-in can be used right now. Please ask the person who \
                        administers this site for help.</p>
                        """));
    }

    private Optional<Factor> chosenFactor() {
        return choices.stream()
                .filter(factor -> chosen.isPresent() && factor.id().equals(chosen.get()))
                .findFirst()
                .or(() -> choices.stream().filter(Factor::preferred).findFirst())
                .or(() -> choices.stream().findFirst());
    }

    private Html form(Frame frame, String button, Factor factor, FactorKind kind) {
        Html attributes = Html.of(
                "{} type=\"text\" class=\"code\" autocomplete=\"one-time-code\" autocapitalize=\"none\""
                        + " spellcheck=\"false\" maxlength=\"32\" required{}",
                kind.attributes(),
                error.isEmpty() ? Html.of(" autofocus") : Html.NONE);
        return Html.of(
                """
                <p>{}</p>
                <form method="post" action="{}">
                {}<input type="hidden" name="factor" value="{}">
                {}
                <button class="primary">{}</button>
                </form>
                {}
                <p class="hint">There is time until {}.</p>
                """,
                kind.instruction(),
                path,
                frame.csrfField(),
                factor.id(),
                new Field("code", "Code from “" + name(factor) + "”", attributes, errors()).html(),
                button,
                others(factor),
                Words.hour(until));
    }

    private Html others(Factor current) {
        List<Html> links = choices.stream()
                .filter(factor -> !factor.id().equals(current.id()))
                .map(factor ->
                        Html.of("<li><a href=\"{}?factor={}\">{}</a></li>", path, inQuery(factor.id()), name(factor)))
                .toList();
        return links.isEmpty()
                ? Html.NONE
                : Html.of(
                        "<nav class=\"others\" aria-labelledby=\"others\"><h2 id=\"others\">Use another way</h2>"
                                + "<ul>{}</ul></nav>",
                        links);
    }

    static String inQuery(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private static String name(Factor factor) {
        return factor.label().isBlank()
                ? FactorKind.of(factor).map(FactorKind::title).orElse(factor.type())
                : factor.label();
    }
}
