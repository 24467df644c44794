package io.postern.demo.page;

/** One sentence at the head of a page about what was just done, or could not be done. */
public record Notice(boolean good, String text) {
    public static Notice done(String text) {
        return new Notice(true, text);
    }

    public static Notice failed(String text) {
        return new Notice(false, text);
    }
}
