package io.postern.demo.page;

import io.postern.demo.client.Factor;
import io.postern.demo.web.Html;
import java.util.List;

/** A new name for a factor. */
public final class RenamePage {
    private RenamePage() {}

    public static Html html(Frame frame, Factor factor, String label, List<FieldError> errors) {
        return Layout.wide(
                frame,
                "/profile",
                "Rename “" + factor.label() + "”",
                errors,
                Html.of("""
                <form class="card slim" method="post" action="/profile/rename">
                {}<input type="hidden" name="factor" value="{}">
                {}
                <div class="actions"><button class="primary">Save</button> <a class="button" href="/profile">Cancel</a></div>
                </form>
                """, frame.csrfField(), factor.id(), LabelField.html(label, errors)));
    }
}
