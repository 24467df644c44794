package io.postern.demo.page;

import io.postern.demo.client.Webhook;
import io.postern.demo.web.Html;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where Postern tells what happened, and what came to the demo's own receiver. */
public final class WebhooksPage {
    private static final Map<String, String> OFF_REASONS = Map.of(
            "operator", "it was switched off by hand",
            "gone", "its receiver has answered that it is gone for good",
            "failing", "it has taken nothing for three days");

    private WebhooksPage() {}

    /**
     * The page.
     *
     * @param received what came to the demo's own receiver, the newest first
     * @param refused  how many calls it has refused
     */
    public static Html html(
            Frame frame,
            List<Webhook> webhooks,
            WebhookForm form,
            List<FieldError> errors,
            List<ReceivedCall> received,
            long refused) {
        return Layout.wide(
                frame,
                "/webhooks",
                "Webhooks",
                errors,
                Html.of(
                        """
                <section class="card" aria-labelledby="endpoints">
                <h2 id="endpoints">Endpoints</h2>
                {}
                </section>
                <section class="card" aria-labelledby="add">
                <h2 id="add">Add an endpoint</h2>
                {}
                </section>
                <section class="card" aria-labelledby="came">
                <h2 id="came">What came to the demo’s own receiver</h2>
                {}
                {}<p><a class="button" href="/webhooks">Look again</a></p>
                </section>
                """,
                        webhooks.isEmpty()
                                ? Html.of("<p>There is none: nobody is told.</p>")
                                : Html.of(
                                        "<ul class=\"factors\">\n{}</ul>",
                                        webhooks.stream()
                                                .map(WebhooksPage::item)
                                                .toList()),
                        form.html(frame, errors),
                        received.isEmpty()
                                ? Html.of("<p>No good call yet.</p>")
                                : Html.of(
                                        "<ul class=\"factors\">\n{}</ul>",
                                        received.stream()
                                                .map(WebhooksPage::call)
                                                .toList()),
                        refused == 0
                                ? Html.NONE
                                : Html.of(
                                        "<p class=\"hint\">Calls that were refused, because their signature fits no"
                                                + " secret that it has: {}.</p>\n",
                                        refused)));
    }

    private static Html item(Webhook webhook) {
        return Html.of("""
                <li>
                <h3><a href="/webhooks/endpoint?webhook={}">{}</a>{}</h3>
                <p class="hint">{}</p>
                </li>
                """, CodePrompt.inQuery(webhook.id()), webhook.url(), badge(webhook), told(webhook));
    }

    private static Html call(ReceivedCall call) {
        return Html.of(
                """
                <li>
                <h3>{}{}</h3>
                <p class="hint">{}{}, with a good signature. Message <code>{}</code></p>
                </li>
                """,
                EventWords.of(call.type()),
                call.again() ? Html.of(" <span class=\"badge\">Came again</span>") : Html.NONE,
                Words.second(call.at()),
                call.subject().map(subject -> Html.of(" · <strong>{}</strong>", subject)),
                call.id());
    }

    static Html badge(Webhook webhook) {
        return webhook.on()
                ? Html.of(" <span class=\"badge on\">On</span>")
                : Html.of(" <span class=\"badge off\">Off</span>");
    }

    /** Of what it is told, and why not. */
    static Html told(Webhook webhook) {
        return Html.of(
                "Told of {}.{}{}",
                webhook.events().isEmpty()
                        ? "everything"
                        : webhook.events().stream().map(EventWords::of).collect(Collectors.joining("; ", "“", "”")),
                webhook.offReason()
                        .map(reason -> Html.of(
                                " Off{}, because {}.",
                                webhook.offAt().map(at -> Html.of(" since {}", Words.day(at))),
                                OFF_REASONS.getOrDefault(reason, reason))),
                webhook.failingSince().map(since -> Html.of(" No call has worked since {}.", Words.day(since))));
    }
}
