package io.postern.demo.page;

import io.postern.demo.client.AuditEvent;
import io.postern.demo.client.ChainCheck;
import io.postern.demo.client.EventFilter;
import io.postern.demo.client.EventPage;
import io.postern.demo.web.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened in this admin area, out of Postern's audit trail; and whether the trail is as it was written. */
public final class AuditPage {
    private static final Map<String, String> FAULTS = Map.of(
            "changed", "this event is not as it was written",
            "missing", "an event is missing here",
            "inserted", "an event stands here that was never written",
            "reordered", "an event stands here that belongs elsewhere",
            "tail_cut", "the newest events are missing from here on",
            "head_changed", "what says where the trail ends was changed",
            "replaced", "the trail is not the one that was checked before");

    private AuditPage() {}

    /**
     * The page.
     *
     * @param cursor where the page before ended; empty on the first
     * @param check  what a look along the chain has found; empty where none was asked for
     */
    public static Html html(
            Frame frame,
            EventFilter filter,
            String cursor,
            EventPage events,
            Optional<ChainCheck> check,
            List<FieldError> errors) {
        return Layout.wide(
                frame,
                "/audit",
                "Audit trail",
                errors,
                Html.of(
                        """
                <form class="card" method="get" action="/audit">
                {}{}
                <button class="primary">Show</button>
                </form>
                <section class="card" aria-labelledby="events">
                <h2 id="events">{}</h2>
                {}
                <div class="actions">
                {}<a class="button" href="/audit.ndjson?{}">Download all of them (NDJSON)</a>
                </div>
                </section>
                <section class="card" aria-labelledby="chain">
                <h2 id="chain">The chain</h2>
                <p>Each event is sealed over the one before it, so that nobody changes, removes or adds one unseen.</p>
                {}
                <form method="post" action="/audit/check">{}<button>Check the chain</button></form>
                </section>
                """,
                        person(filter, errors),
                        type(filter),
                        cursor.isEmpty() ? "The newest events" : "Older events",
                        list(events),
                        events.next().map(next -> older(filter, next)),
                        query(filter),
                        check.map(AuditPage::found),
                        frame.csrfField()));
    }

    private static Html person(EventFilter filter, List<FieldError> errors) {
        Html attributes = Html.of(
                " type=\"text\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" value=\"{}\"",
                filter.person());
        return new Field("person", "Person", "A user name; empty for everybody.", attributes, errors).html();
    }

    private static Html type(EventFilter filter) {
        var options = new ArrayList<Html>();
        options.add(option("", "Everything", filter));
        EventWords.audited().forEach((type, words) -> options.add(option(type, words, filter)));
        if (!filter.type().isEmpty() && !EventWords.audited().containsKey(filter.type())) {
            options.add(option(filter.type(), filter.type(), filter));
        }
        return Html.of("""
                <div class="field">
                <label for="type">What happened</label>
                <select id="type" name="type">
                {}</select>
                </div>
                """, options);
    }

    private static Html option(String type, String words, EventFilter filter) {
        return Html.of(
                "<option value=\"{}\"{}>{}</option>\n",
                type,
                type.equals(filter.type()) ? Html.of(" selected") : Html.NONE,
                words);
    }

    private static Html list(EventPage events) {
        if (events.events().isEmpty()) {
            return events.next().isPresent()
                    ? Html.of(
                            "<p>None among the events that were looked through. There may be some among the older.</p>")
                    : Html.of("<p>Nothing of this kind happened.</p>");
        }
        return Html.of(
                "<ul class=\"factors\">\n{}</ul>",
                events.events().stream().map(AuditPage::item).toList());
    }

    private static Html item(AuditEvent event) {
        return Html.of(
                """
                <li>
                <h3>{}</h3>
                <p class="hint">{}{}{}{}</p>
                {}<p class="hint">No. {}, <code>{}</code>{}{}</p>
                </li>
                """,
                EventWords.of(event.type()),
                Words.second(event.at()),
                whose(event),
                event.factorType().map(type -> Html.of(" · {}", factor(type))),
                event.ip().map(ip -> Html.of(" · from {}", ip)),
                errand(event),
                event.sequence(),
                event.type(),
                event.details().entrySet().stream()
                        .map(detail ->
                                Html.of(", {}: <code>{}</code>", detail.getKey().replace('_', ' '), detail.getValue()))
                        .toList(),
                event.client().map(client -> Html.of(", called by <code>{}</code>", client)));
    }

    private static Optional<Html> whose(AuditEvent event) {
        return event.subject()
                .map(subject -> Html.of(" · <strong>{}</strong>", subject))
                .or(() -> event.pseudonym().map(number -> Html.of(" · somebody who was erased, known as {}", number)));
    }

    private static Optional<Html> errand(AuditEvent event) {
        return event.actor()
                .map(actor -> Html.of(
                        "<p>By <strong>{}</strong>{}</p>\n",
                        actor,
                        event.reason().map(reason -> Html.of(": “{}”", reason))));
    }

    private static String factor(String type) {
        return FactorKind.of(type).map(FactorKind::title).orElse(type);
    }

    private static Html older(EventFilter filter, String cursor) {
        return Html.of(
                "<a class=\"button\" href=\"/audit?{}&amp;cursor={}\">Older</a>\n",
                query(filter),
                CodePrompt.inQuery(cursor));
    }

    private static Html query(EventFilter filter) {
        return Html.of("person={}&amp;type={}", CodePrompt.inQuery(filter.person()), CodePrompt.inQuery(filter.type()));
    }

    private static Html found(ChainCheck check) {
        return check.fault()
                .map(fault -> Html.of(
                        """
                        <p class="notice bad" role="alert"><strong>The trail is not intact.</strong> The first fault is at no. {}{}: \
                        {}. {} good before it.</p>
                        """,
                        fault.sequence(),
                        fault.at().map(at -> Html.of(" ({})", Words.second(at))),
                        FAULTS.getOrDefault(fault.kind(), fault.kind()),
                        count(check.verified())))
                .orElseGet(() -> Html.of("""
                        <p class="notice good" role="status"><strong>The trail is intact.</strong> {} as written, \
                        beginning with no. {}.</p>
                        """, count(check.verified()), check.first()));
    }

    private static String count(long events) {
        return events == 1 ? "1 event is" : events + " events are";
    }
}
