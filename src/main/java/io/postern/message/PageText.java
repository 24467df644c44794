package io.postern.message;

import java.util.Locale;

/** A text of the pages that people of any application reach by a link of Postern's own. */
public enum PageText {
    /** The heading of the page that a link opens. */
    DISOWN_TITLE,
    DISOWN_LOOK,
    DISOWN_EFFECT,
    DISOWN_ADDED,
    DISOWN_REMOVED,
    DISOWN_FROZEN,
    DISOWN_TOLD,
    DISOWN_BUTTON,
    /** What is shown after the button was pressed. */
    DISOWNED_TITLE,
    DISOWNED_DONE,
    DISOWNED_NEXT,
    /** No such link, or its time is over. */
    UNKNOWN_TITLE,
    UNKNOWN_TEXT,
    /** The button was pressed on a page that is not ours. */
    STRANGE_TITLE,
    STRANGE_TEXT,
    /** It cannot be done right now. */
    UNAVAILABLE_TITLE,
    UNAVAILABLE_TEXT;

    String id() {
        return "page." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is about an application, whose name it may hold. */
    boolean namesApplication() {
        return name().startsWith("DISOWN");
    }
}
