package io.postern.demo.page;

import io.postern.demo.web.Html;

/** The choice of what to set up. */
final class Ways {
    private Ways() {}

    /** @param once makes the form for an app good for one */
    static Html html(Frame frame, String once) {
        return Html.of("""
                <p><a href="/help/turn-it-on">How to turn it on</a></p>
                <ul class="ways">
                <li>
                <h2>Authenticator app</h2>
                <p>An app for one-time codes on your phone, or a password manager. It works without a network.</p>
                <form method="post" action="/set-up/begin">{}<input type="hidden" name="once" value="{}">\
                <button class="primary">Set up an authenticator app</button></form>
                </li>
                <li>
                <h2>Text message</h2>
                <p>A code to your mobile phone. It needs no app, and the phone has to have a network.</p>
                <p><a class="button" href="/set-up/sms">Set up text messages</a></p>
                </li>
                <li>
                <h2>Email</h2>
                <p>A code to a mailbox of yours. This protects less than the others: whoever reads your mail has it too.</p>
                <p><a class="button" href="/set-up/email">Set up email</a></p>
                </li>
                </ul>
                """, frame.csrfField(), once);
    }
}
