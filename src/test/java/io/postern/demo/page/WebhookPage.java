package io.postern.demo.page;

import io.postern.demo.client.Webhook;
import io.postern.demo.client.WebhookDelivery;
import io.postern.demo.web.Html;
import java.util.List;
import java.util.Map;

/** One endpoint: how it stands, what it was told, and what can be done with it. */
public final class WebhookPage {
    /**
     * How its secret is known.
     *
     * <ul>
     *   <li>{@code ELSEWHERE}: by somebody else's receiver
     *   <li>{@code HERE}: by the demo's own receiver
     *   <li>{@code FORGOTTEN}: no longer by the demo's own receiver
     * </ul>
     */
    public enum Known {
        ELSEWHERE,
        HERE,
        FORGOTTEN
    }

    private static final Map<String, String> ERRORS = Map.of(
            "name_not_found", "its name was not found",
            "address_not_allowed", "its address is not one that may be called",
            "no_connection", "there was no connection",
            "tls_failed", "the connection could not be secured",
            "timed_out", "no answer came in time",
            "no_answer", "what came was no answer",
            "internal_error", "Postern itself failed");

    private WebhookPage() {}

    /** @param once makes the form for another secret good for one */
    public static Html html(Frame frame, Webhook webhook, Known known, List<WebhookDelivery> deliveries, String once) {
        return Layout.wide(
                frame,
                "/webhooks",
                "Webhook",
                List.of(),
                Html.of(
                        """
                {}<section class="card" aria-labelledby="endpoint">
                <h2 id="endpoint"><code>{}</code>{}</h2>
                <p>{}</p>
                {}<div class="actions">
                {}{}{}{}
                </div>
                </section>
                <section class="card" aria-labelledby="deliveries">
                <h2 id="deliveries">What it was told last</h2>
                {}
                <p><a class="button" href="/webhooks/endpoint?webhook={}">Look again</a></p>
                </section>
                <p><a href="/webhooks">All webhooks</a></p>
                """,
                        webhook.secret().map(secret -> secret(secret, known)),
                        webhook.url(),
                        WebhooksPage.badge(webhook),
                        WebhooksPage.told(webhook),
                        secrets(webhook, known),
                        form(frame, webhook, "ping", Html.of("<button class=\"primary\">Send a test</button>")),
                        form(
                                frame,
                                webhook,
                                "secret",
                                Html.of(
                                        "<input type=\"hidden\" name=\"once\" value=\"{}\"><button>Make a new secret</button>",
                                        once)),
                        form(
                                frame,
                                webhook,
                                "switch",
                                webhook.on()
                                        ? Html.of(
                                                "<input type=\"hidden\" name=\"on\" value=\"no\"><button>Switch off</button>")
                                        : Html.of(
                                                "<input type=\"hidden\" name=\"on\" value=\"yes\"><button>Switch on</button>")),
                        form(frame, webhook, "remove", Html.of("<button class=\"danger\">Remove</button>")),
                        deliveries.isEmpty()
                                ? Html.of("<p>Nothing yet.</p>")
                                : Html.of(
                                        "<ul class=\"factors\">\n{}</ul>",
                                        deliveries.stream()
                                                .map(delivery -> delivery(frame, webhook, delivery))
                                                .toList()),
                        CodePrompt.inQuery(webhook.id())));
    }

    private static Html secret(String secret, Known known) {
        return Html.of(
                """
                <section class="card" aria-labelledby="new-secret">
                <h2 id="new-secret">Its new secret</h2>
                <p>The receiver checks with it who calls.{} <strong>It is shown now and never again.</strong></p>
                {}</section>
                """,
                known == Known.HERE
                        ? " The demo’s own receiver has it already."
                        : " Put it where the receiver finds it.",
                new Field(
                                "secret",
                                "Secret",
                                Html.of(
                                        " type=\"text\" class=\"mono\" autocomplete=\"off\" readonly value=\"{}\"",
                                        secret),
                                List.of())
                        .html());
    }

    private static Html secrets(Webhook webhook, Known known) {
        return Html.of(
                "{}{}",
                webhook.oldSecretEnd()
                        .map(end -> Html.of(
                                "<p class=\"hint\">Two secrets sign; the older one until {}.</p>\n", Words.day(end))),
                known == Known.FORGOTTEN
                        ? Html.of(
                                "<p class=\"hint\">The demo’s own receiver was started anew and has no secret of it, so"
                                        + " it refuses every call. Make a new one.</p>\n")
                        : Html.NONE);
    }

    private static Html delivery(Frame frame, Webhook webhook, WebhookDelivery delivery) {
        Html again = Html.of(
                "<input type=\"hidden\" name=\"delivery\" value=\"{}\"><button>Send again"
                        + "<span class=\"unseen\"> “{}” of {}</span></button>",
                delivery.id(),
                EventWords.of(delivery.type()),
                Words.second(delivery.createdAt()));
        return Html.of(
                """
                <li>
                <h3>{}{}</h3>
                <p class="hint">{} · {}{}{}{}</p>
                {}
                </li>
                """,
                EventWords.of(delivery.type()),
                state(delivery.state()),
                Words.second(delivery.createdAt()),
                attempts(delivery.attempts()),
                delivery.lastStatus().map(status -> Html.of(" · last answer {}", status)),
                delivery.lastError().map(error -> Html.of(" · {}", ERRORS.getOrDefault(error, error))),
                delivery.nextAt().map(at -> Html.of(" · next {}", Words.second(at))),
                form(frame, webhook, "redeliver", again));
    }

    private static Html state(String state) {
        return switch (state) {
            case "delivered" -> Html.of(" <span class=\"badge on\">Delivered</span>");
            case "failed" -> Html.of(" <span class=\"badge off\">Failed</span>");
            case "waiting" -> Html.of(" <span class=\"badge\">Waiting</span>");
            default -> Html.of(" <span class=\"badge\">{}</span>", state);
        };
    }

    private static String attempts(int attempts) {
        return attempts == 1 ? "1 attempt" : attempts + " attempts";
    }

    private static Html form(Frame frame, Webhook webhook, String action, Html inside) {
        return Html.of("""
                <form method="post" action="/webhooks/{}">{}<input type="hidden" name="webhook" value="{}">{}</form>
                """, action, frame.csrfField(), webhook.id(), inside);
    }
}
