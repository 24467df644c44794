package io.postern.problem;

import java.util.ArrayList;

/** A fault as it may be logged: types and code places, no messages. Messages of drivers and parsers quote their input. */
public final class LoggedFailure {

    private static final int FRAMES = 12;

    private LoggedFailure() {}

    /** The chain of causes with the first frames of each. */
    public static String describe(Throwable failure) {
        var text = new StringBuilder();
        var seen = new ArrayList<Throwable>();
        for (Throwable link = failure; link != null && !seen.contains(link); link = link.getCause()) {
            seen.add(link);
            text.append(seen.size() == 1 ? "" : "\ncaused by ")
                    .append(link.getClass().getName());
            var frames = link.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append("\n    at ").append(frames[i]);
            }
        }
        return text.toString();
    }
}
