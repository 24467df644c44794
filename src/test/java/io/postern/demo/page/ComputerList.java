package io.postern.demo.page;

import io.postern.demo.client.Device;
import io.postern.demo.web.Html;
import java.util.List;
import java.util.Optional;

/** The computers on which a person is not asked for a code, in their profile. */
final class ComputerList {
    private ComputerList() {}

    /** @param present the id of the computer that the page is shown on */
    static Html html(Frame frame, List<Device> devices, Optional<String> present) {
        if (devices.isEmpty()) {
            return Html.of("<p class=\"hint\">No computer is remembered: the next sign-in asks for a code.</p>\n");
        }
        List<Html> items =
                devices.stream().map(device -> item(frame, device, present)).toList();
        return Html.of("""
                <h3>Remembered computers</h3>
                <p class="hint">They are not asked for a code until the day that is named.</p>
                <ul class="factors">{}</ul>
                <form method="post" action="/computers/forget-all">{}<button>Forget all computers</button></form>
                """, items, frame.csrfField());
    }

    private static Html item(Frame frame, Device device, Optional<String> present) {
        return Html.of(
                """
                <li>
                <h4>{}{}</h4>
                <p class="hint">last used {}{} · remembered until {}</p>
                <div class="actions">
                <a class="button" href="/computers/rename?computer={}">Rename{}</a>
                <form method="post" action="/computers/forget">{}<input type="hidden" name="computer" value="{}">\
                <button>Forget{}</button></form>
                </div>
                </li>
                """,
                device.name(),
                present.equals(Optional.of(device.id()))
                        ? Html.of(" <span class=\"badge on\">This computer</span>")
                        : Html.NONE,
                Words.day(device.lastUsedAt()),
                device.ip().map(ip -> Html.of(" from {}", ip)),
                Words.day(device.rememberedUntil()),
                CodePrompt.inQuery(device.id()),
                named(device),
                frame.csrfField(),
                device.id(),
                named(device));
    }

    /** Tells apart, for those who hear them, the buttons that look alike. */
    private static Html named(Device device) {
        return Html.of("<span class=\"unseen\"> “{}”</span>", device.name());
    }
}
