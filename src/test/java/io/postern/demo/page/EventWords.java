package io.postern.demo.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What happened, in plain words, by Postern's names of the types. */
final class EventWords {
    private static final String[][] AUDITED = {
        {"challenge_approved", "A second step was passed"},
        {"code_refused", "A wrong code was refused"},
        {"failures_repeated", "Wrong codes came again and again"},
        {"factor_locked", "A factor was locked after too many wrong codes"},
        {"factor_unlocked", "A locked factor was made good again"},
        {"factor_activated", "A factor was set up"},
        {"factor_removed", "A factor was removed"},
        {"factor_imported", "A factor was brought over from another product"},
        {"factor_suspended", "A factor was suspended"},
        {"factor_restored", "A factor was restored"},
        {"recovery_codes_renewed", "New recovery codes were made"},
        {"two_factor_disabled", "Two-factor was turned off"},
        {"email_changed", "Another mail address was registered"},
        {"change_disowned", "A change was taken back: it was not the person"},
        {"subject_frozen", "An account was frozen"},
        {"subject_unfrozen", "A freeze was lifted"},
        {"device_remembered", "A computer was remembered"},
        {"device_used", "A remembered computer stood in for the second step"},
        {"device_replaced", "The oldest remembered computer made way for a new one"},
        {"device_renamed", "The help desk gave a remembered computer another name"},
        {"devices_forgotten", "Remembered computers were forgotten"},
        {"device_token_reused", "A remembered computer’s old token came again: it may have been copied"},
        {"subject_looked_up", "The help desk looked somebody up"},
        {"subject_reset", "The help desk reset somebody’s two-factor"},
        {"bypass_code_requested", "The help desk asked for a code for somebody"},
        {"bypass_code_made", "The help desk was given a code for somebody"},
        {"subject_exported", "All that is held of somebody was exported"},
        {"subject_erased", "Somebody was erased"},
        {"subject_readmitted", "An erased id may be registered again"},
        {"import_begun", "An import began"},
        {"policy_changed", "The rules of sign-in were changed"},
        {"webhook_added", "A webhook was added"},
        {"webhook_changed", "A webhook was changed"},
        {"webhook_removed", "A webhook was removed"},
        {"webhook_secret_rotated", "A webhook got a new secret"},
        {"webhook_disabled", "A webhook was switched off by itself"},
        {"application_created", "The application was created"},
        {"application_changed", "The application was changed"},
        {"application_suspended", "The application was suspended"},
        {"application_resumed", "The application was resumed"},
        {"client_created", "An API client was created"},
        {"client_changed", "An API client was changed"},
        {"client_deleted", "An API client was deleted"},
        {"client_secret_created", "An API client got a new secret"},
        {"client_secret_deleted", "A secret of an API client was deleted"},
    };

    private static final Map<String, String> WORDS = words();

    private EventWords() {}

    /** The types of the audit trail, in an order that puts like to like. */
    static Map<String, String> audited() {
        return WORDS;
    }

    /** The words; of a type that is not known here, its name. */
    static String of(String type) {
        return type.equals("ping") ? "A test" : WORDS.getOrDefault(type, type);
    }

    private static Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        for (String[] one : AUDITED) {
            words.put(one[0], one[1]);
        }
        return Collections.unmodifiableMap(words);
    }
}
