package io.postern.demo.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that pages need, under an address that changes with its text, so that browsers may keep it for good.
 *
 * @param type the media type
 */
public record Asset(String path, String type, String text) {
    public static final Asset STYLE = read("style", "css", "text/css; charset=utf-8");

    /** Makes pages more comfortable that are complete without it. */
    public static final Asset SCRIPT = read("script", "js", "text/javascript; charset=utf-8");

    private static Asset read(String name, String ending, String type) {
        String text = read("/io/postern/demo/" + name + "." + ending);
        return new Asset("/" + name + "-" + digest(text) + "." + ending, type, text);
    }

    private static String read(String resource) {
        try (InputStream file = Asset.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException(resource + " is not on the class path");
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
