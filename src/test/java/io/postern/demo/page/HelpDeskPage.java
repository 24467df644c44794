package io.postern.demo.page;

import io.postern.demo.client.HelpDeskCode;
import io.postern.demo.client.HelpedPerson;
import io.postern.demo.client.HelpedPerson.Happened;
import io.postern.demo.client.HelpedPerson.HelpedComputer;
import io.postern.demo.client.HelpedPerson.HelpedFactor;
import io.postern.demo.web.Html;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The help desk: looks how things stand with a person, and helps. */
public final class HelpDeskPage {
    private HelpDeskPage() {}

    /** Asks whom to help, and why. */
    public static Html search(Frame frame, String user, String reason, List<FieldError> errors) {
        return Layout.wide(frame, "/help-desk", "Help desk", errors, form(frame, user, reason, errors));
    }

    /**
     * Shows how things stand.
     *
     * @param reason goes with everything that is done on the page
     * @param code what was just drawn; shown this once
     */
    public static Html person(Frame frame, HelpedPerson person, String reason, Optional<HelpDeskCode> code) {
        return Layout.wide(
                frame,
                "/help-desk",
                "Help desk",
                List.of(),
                Html.of(
                        """
                {}{}
                <section class="card" aria-labelledby="person">
                <h2 id="person">{}</h2>
                <dl>
                <div><dt>Mail address</dt><dd>{}</dd></div>
                <div><dt>Two-factor</dt><dd>{}</dd></div>
                <div><dt>Recovery codes left</dt><dd>{}</dd></div>
                <div><dt>Delay after wrong codes</dt><dd>{}</dd></div>
                <div><dt>Code of the help desk</dt><dd>{}</dd></div>
                </dl>
                {}
                <div class="actions">{}{}{}</div>
                </section>
                {}{}{}
                """,
                        code.map(HelpDeskPage::drawn),
                        person.frozenSince().map(since -> freeze(frame, person, reason, since)),
                        person.subject(),
                        person.email().orElse("none"),
                        person.on() ? "on" : "off",
                        person.recoveryCodesLeft().map(String::valueOf).orElse("none"),
                        person.delayedUntil()
                                .map(until -> Html.of("until {}, which nobody can shorten", Words.hour(until)))
                                .orElseGet(() -> Html.of("none")),
                        code(person),
                        person.factors().stream()
                                .map(factor -> factor(frame, person, reason, factor))
                                .toList(),
                        person.codeToApprove()
                                .map(id -> action(frame, person, reason, "approve", id, "Approve the code")),
                        action(frame, person, reason, "code", "", "Give a code to sign in with once"),
                        action(frame, person, reason, "reset", "", "Turn two-factor off"),
                        computers(frame, person, reason),
                        events(person.events()),
                        form(frame, person.subject(), reason, List.of())));
    }

    private static Html code(HelpedPerson person) {
        return person.codeUntil()
                .map(Words::hour)
                .map(until -> person.codeToApprove().isEmpty()
                        ? Html.of("until {}", until)
                        : Html.of("asked for; somebody else can approve it until {}", until))
                .orElseGet(() -> Html.of("none"));
    }

    /** Whoever pressed the button in the mail reads a mailbox, and may be no friend of its owner. */
    private static Html freeze(Frame frame, HelpedPerson person, String reason, Instant since) {
        return Html.of(
                """
                <section class="card" aria-labelledby="freeze">
                <h2 id="freeze">Nothing can be added since {}</h2>
                <p>Somebody took a change back with the link in a mail. Speak with the person, make sure who it is, and find out
                whose the suspended factors are.</p>
                <div class="actions">{}{}</div>
                </section>
                """,
                Words.day(since),
                action(frame, person, reason, "reinstate", "", "They are the person’s: use them again"),
                action(frame, person, reason, "discard", "", "They are somebody else’s: take them away"));
    }

    private static Html drawn(HelpDeskCode code) {
        return code.code()
                .map(text -> Html.of("""
                <section class="card" aria-labelledby="drawn">
                <h2 id="drawn">The code</h2>
                <p>Read it out to the person: <strong class="mono" id="drawn-code">{}</strong></p>
                <p class="hint">It is shown this once, and good once until {}. The person is told of it by mail.</p>
                </section>
                """, text, Words.hour(code.until())))
                .orElseGet(
                        () -> Html.of(
                                "<p class=\"notice good\" role=\"status\">Somebody else at the help desk has to approve it.</p>"));
    }

    private static Html factor(Frame frame, HelpedPerson person, String reason, HelpedFactor factor) {
        return Html.of(
                """
                <h3>{}</h3>
                <p>{}{}. {} wrong codes since the last right one. Last used: {}.</p>
                {}
                """,
                factor.label(),
                state(factor),
                factor.destination().map(destination -> Html.of(", to {}", destination)),
                String.valueOf(factor.failures()),
                factor.lastUsedAt().map(Words::day).orElseGet(() -> Html.of("never")),
                factor.pending() || factor.suspended()
                        ? Html.NONE
                        : Html.of(
                                "<div class=\"actions\">{}{}</div>",
                                action(frame, person, reason, "unlock", factor.id(), "Unlock " + factor.label()),
                                action(frame, person, reason, "remove", factor.id(), "Remove " + factor.label())));
    }

    private static String state(HelpedFactor factor) {
        if (factor.pending()) {
            return "Not set up to its end";
        }
        if (factor.suspended()) {
            return "Suspended";
        }
        return factor.locked() ? "Locked" : "Good";
    }

    /** Those on which the person is not asked for a code. */
    private static Html computers(Frame frame, HelpedPerson person, String reason) {
        List<Html> items = person.computers().stream()
                .map(computer -> computer(frame, person, reason, computer))
                .toList();
        return Html.of(
                """
                <section class="card" aria-labelledby="computers">
                <h2 id="computers">Remembered computers</h2>
                {}
                </section>
                """,
                items.isEmpty()
                        ? Html.of("<p class=\"hint\">None.</p>")
                        : Html.of(
                                "<ul class=\"factors\">{}</ul>\n{}",
                                items,
                                action(frame, person, reason, "forget", "", "Forget the computers")));
    }

    private static Html computer(Frame frame, HelpedPerson person, String reason, HelpedComputer computer) {
        return Html.of(
                """
                <li>
                <h3>{}</h3>
                <p class="hint">last used {}{}</p>
                <form method="post" action="/help-desk/rename">
                {}<div class="field">
                <label for="name-{}">New name of {}</label>
                <input id="name-{}" name="label" type="text" autocomplete="off" maxlength="64" required>
                </div>
                <div class="actions">
                <button>Rename {}</button>
                <button formaction="/help-desk/forget-one" formnovalidate>Forget {}</button>
                </div>
                </form>
                </li>
                """,
                computer.name(),
                Words.day(computer.lastUsedAt()),
                computer.ip().map(ip -> Html.of(" from {}", ip)),
                members(frame, person, reason, computer.id()),
                computer.id(),
                computer.name(),
                computer.id(),
                computer.name(),
                computer.name());
    }

    private static Html events(List<Happened> events) {
        List<Html> items = events.stream()
                .map(event -> Html.of(
                        "<li>{} <code>{}</code>{}</li>\n",
                        Words.day(event.at()),
                        event.type(),
                        event.actor().map(actor -> Html.of(" by {}", actor))))
                .toList();
        return items.isEmpty() ? Html.NONE : Html.of("""
                <section class="card" aria-labelledby="events">
                <h2 id="events">What happened last</h2>
                <ul>{}</ul>
                </section>
                """, items);
    }

    /** @param id of the factor or code that it is about; empty for everything else */
    private static Html action(Frame frame, HelpedPerson person, String reason, String name, String id, String button) {
        return Html.of("""
                <form method="post" action="/help-desk/{}">{}<button>{}</button></form>
                """, name, members(frame, person, reason, id), button);
    }

    /** What goes with everything that is done: who is helped, why, and with what of theirs. */
    private static Html members(Frame frame, HelpedPerson person, String reason, String id) {
        return Html.of("""
                {}<input type="hidden" name="user" value="{}"><input type="hidden" name="reason" value="{}">\
                <input type="hidden" name="id" value="{}">\
                """, frame.csrfField(), person.subject(), reason, id);
    }

    private static Html form(Frame frame, String user, String reason, List<FieldError> errors) {
        return Html.of(
                """
                <form class="card" method="post" action="/help-desk">
                {}{}{}
                <button class="primary">Look up</button>
                </form>
                """,
                frame.csrfField(),
                new Field(
                                "person-id",
                                "User name of the person",
                                Html.of(
                                        " type=\"text\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\""
                                                + " maxlength=\"128\" value=\"{}\" required",
                                        user),
                                errors)
                        .html(),
                new Field(
                                "why",
                                "Why",
                                "Kept with what you do, under your name. How did you make sure who is asking?",
                                Html.of(
                                        " type=\"text\" autocomplete=\"off\" minlength=\"3\" maxlength=\"500\" value=\"{}\" required",
                                        reason),
                                errors)
                        .html());
    }
}
