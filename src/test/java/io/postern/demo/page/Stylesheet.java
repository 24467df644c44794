package io.postern.demo.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The one style sheet, under an address that changes with its text, so that browsers may keep it for good. */
public final class Stylesheet {
    public static final String TEXT = read();
    public static final String PATH = "/style-" + digest(TEXT) + ".css";

    private Stylesheet() {}

    private static String read() {
        try (InputStream file = Stylesheet.class.getResourceAsStream("/io/postern/demo/style.css")) {
            if (file == null) {
                throw new IllegalStateException("style.css is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
