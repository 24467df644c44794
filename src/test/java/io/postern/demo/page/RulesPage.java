package io.postern.demo.page;

import io.postern.demo.client.Rules;
import io.postern.demo.client.Trial;
import io.postern.demo.web.Html;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The main rules of sign-in, and what they would mean for somebody. */
public final class RulesPage {

    private static final List<Option> ENFORCEMENTS = List.of(
            new Option("optional", "Everybody’s own choice"),
            new Option("required", "Required now"),
            new Option("required_from", "Required from a day on; until then people are asked and may put it off"));

    private static final List<Option> SIGN_IN = List.of(
            new Option("urn:postern:level:0", "Any, also a computer that is remembered"),
            new Option("urn:postern:level:1", "At least a code by email"),
            new Option("urn:postern:level:2", "A second factor"));

    private static final List<Option> STEP_UP = List.of(
            new Option("urn:postern:level:1", "At least a code by email"),
            new Option("urn:postern:level:2", "A second factor"));

    private static final Map<String, String> OUTCOMES = Map.of(
            "not_enrolled", "The password is enough.",
            "enrollment_required", "The person is asked to set up a second step.",
            "pending", "The person is asked for a code.",
            "remembered", "The computer is remembered, so nothing is asked.",
            "blocked", "Nobody gets in before the help desk has looked into it.");

    private record Option(String value, String text) {}

    private RulesPage() {}

    /**
     * The page.
     *
     * @param trial what was tried last; empty where nothing was
     */
    public static Html html(
            Frame frame,
            Rules rules,
            RulesForm form,
            List<FieldError> errors,
            Optional<Trial> trial,
            List<String> users) {
        return Layout.wide(
                frame,
                "/rules",
                "Rules of sign-in",
                errors,
                Html.of(
                        """
                <form class="card" method="post" action="/rules">
                {}<input type="hidden" name="tag" value="{}">
                <p class="hint">Version {}, written {}{}.</p>
                {}{}{}{}{}{}{}{}
                <div class="actions"><button class="primary">Save the rules</button></div>
                </form>
                <section class="card" aria-labelledby="trial">
                <h2 id="trial">Try them on somebody</h2>
                <form method="post" action="/rules/try">
                {}{}
                <button>What would happen?</button>
                </form>
                {}
                </section>
                """,
                        frame.csrfField(),
                        form.tag(),
                        form.tag().replace("\"", ""),
                        Words.day(rules.changedAt()),
                        rules.changedBy().map(by -> Html.of(" by {}", by)),
                        radios("enforcement", "A second step is", ENFORCEMENTS, form.enforcement()),
                        new Field(
                                        "date",
                                        "Day from which it is required",
                                        Html.of(" type=\"date\" value=\"{}\"", form.date()),
                                        errors)
                                .html(),
                        boxes(
                                "role-",
                                "It is required of these roles; of everybody, where none is ticked",
                                RulesForm.ROLES,
                                form.roles()),
                        boxes("factor-", "Ways that people may use", RulesForm.FACTORS, form.factors()),
                        new Field(
                                        "days",
                                        "Days that a computer is remembered",
                                        "0 to 90; with 0 none is.",
                                        Html.of(" type=\"text\" inputmode=\"numeric\" value=\"{}\"", form.days()),
                                        errors)
                                .html(),
                        radios("sign-in", "A sign-in takes", SIGN_IN, form.signIn()),
                        radios("step-up", "A change takes", STEP_UP, form.stepUp()),
                        fieldset(
                                "Help desk",
                                box(
                                        "approval",
                                        "A code to sign in with takes somebody else’s approval there",
                                        form.approval())),
                        frame.csrfField(),
                        radios(
                                "user",
                                "Person",
                                users.stream()
                                        .map(user -> new Option(user, user))
                                        .toList(),
                                trial.map(Trial::subject).orElse(users.getFirst())),
                        trial.map(RulesPage::outcome)));
    }

    private static Html outcome(Trial trial) {
        return Html.of(
                """
                <p class="notice good" role="status"><strong>{}</strong>: {}</p>
                <dl>
                <div><dt>Answer</dt><dd><code>{}</code></dd></div>
                <div><dt>Because</dt><dd><code>{}</code></dd></div>
                {}
                </dl>
                """,
                trial.subject(),
                OUTCOMES.getOrDefault(trial.status(), trial.status()),
                trial.status(),
                String.join(", ", trial.reasons()),
                trial.factors().stream().map(RulesPage::factor).toList());
    }

    private static Html factor(Trial.Tried factor) {
        return Html.of(
                "<div><dt>{}</dt><dd>{}</dd></div>\n",
                factor.label(),
                factor.reason()
                        .map(reason -> Html.of("cannot be used: <code>{}</code>", reason))
                        .orElseGet(() -> Html.of("can be used")));
    }

    private static Html radios(String name, String legend, List<Option> options, String chosen) {
        List<Html> items = options.stream()
                .map(option -> Html.of(
                        "<p class=\"box\"><input type=\"radio\" id=\"{}-{}\" name=\"{}\" value=\"{}\"{}> <label for=\"{}-{}\">{}</label></p>\n",
                        name,
                        option.value(),
                        name,
                        option.value(),
                        option.value().equals(chosen) ? Html.of(" checked") : Html.NONE,
                        name,
                        option.value(),
                        option.text()))
                .toList();
        return fieldset(legend, items);
    }

    private static Html boxes(String prefix, String legend, List<String> values, Set<String> ticked) {
        return fieldset(
                legend,
                values.stream()
                        .map(value -> box(prefix + value, value, ticked.contains(value)))
                        .toList());
    }

    private static Html box(String name, String text, boolean ticked) {
        return Html.of(
                "<p class=\"box\"><input type=\"checkbox\" id=\"{}\" name=\"{}\" value=\"yes\"{}> <label for=\"{}\">{}</label></p>\n",
                name,
                name,
                ticked ? Html.of(" checked") : Html.NONE,
                name,
                text);
    }

    private static Html fieldset(String legend, Object items) {
        return Html.of("<fieldset><legend>{}</legend>{}</fieldset>\n", legend, items);
    }
}
