package io.postern.demo.page;

import io.postern.demo.client.Device;
import io.postern.demo.web.Html;
import java.util.List;

/** A new name for a computer that is remembered. */
public final class ComputerPage {
    private ComputerPage() {}

    public static Html html(Frame frame, Device device, String name, List<FieldError> errors) {
        return Layout.wide(
                frame,
                "/profile",
                "Rename “" + device.name() + "”",
                errors,
                Html.of("""
                <form class="card slim" method="post" action="/computers/rename">
                {}<input type="hidden" name="computer" value="{}">
                {}
                <div class="actions"><button class="primary">Save</button> <a class="button" href="/profile">Cancel</a></div>
                </form>
                """, frame.csrfField(), device.id(), LabelField.html(name, errors)));
    }
}
