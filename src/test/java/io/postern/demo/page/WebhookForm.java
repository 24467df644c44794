package io.postern.demo.page;

import io.postern.demo.web.Html;
import io.postern.demo.web.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An endpoint that is to be added.
 *
 * @param events the types that it is told; every type where there is none
 * @param once   makes the form good for one
 */
public record WebhookForm(String url, Set<String> events, String once) {

    /** What Postern tells, beside tests. */
    static final List<String> EVENTS = List.of(
            "factor_activated",
            "factor_removed",
            "factor_unlocked",
            "recovery_codes_renewed",
            "two_factor_disabled",
            "email_changed",
            "change_disowned",
            "subject_unfrozen",
            "challenge_approved",
            "factor_locked",
            "failures_repeated",
            "device_token_reused",
            "bypass_code_made",
            "webhook_disabled");

    public WebhookForm {
        events = Set.copyOf(events);
    }

    public static WebhookForm of(Request request, String once) {
        var events = new HashSet<>(EVENTS);
        events.removeIf(event -> request.form("event-" + event).isEmpty());
        return new WebhookForm(request.form("url"), events, once);
    }

    /** What this program can tell by itself; Postern judges the rest. */
    public Optional<FieldError> check() {
        return url.isEmpty() ? Optional.of(new FieldError("url", "Write where it is to be told.")) : Optional.empty();
    }

    Html html(Frame frame, List<FieldError> errors) {
        Html attributes = Html.of(
                " type=\"text\" inputmode=\"url\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\""
                        + " value=\"{}\"",
                url);
        return Html.of(
                """
                <form method="post" action="/webhooks">
                {}<input type="hidden" name="once" value="{}">
                {}<fieldset><legend>It is told of these; of everything, where none is ticked</legend>
                {}</fieldset>
                <button class="primary">Add the endpoint</button>
                </form>
                """,
                frame.csrfField(),
                once,
                new Field("url", "Address", "HTTPS, at a public address.", attributes, errors).html(),
                EVENTS.stream().map(this::box).toList());
    }

    private Html box(String event) {
        return Html.of(
                "<p class=\"box\"><input type=\"checkbox\" id=\"event-{}\" name=\"event-{}\" value=\"yes\"{}>"
                        + " <label for=\"event-{}\">{}</label></p>\n",
                event,
                event,
                events.contains(event) ? Html.of(" checked") : Html.NONE,
                event,
                EventWords.of(event));
    }
}
