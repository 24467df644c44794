package io.postern.harness;

import io.postern.embedded.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The links by which the reader of a mail address takes changes back. */
public record NoticeLinks(Postern postern, String address) {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern LINK = Pattern.compile(Postern.ISSUER + "(/wasnt-me/[A-Za-z0-9_-]{43})\\b");

    /** The paths of all so far, once there are so many. */
    public List<String> paths(int count) {
        Await.until(SOON, count + " links", () -> paths().size() >= count);
        return paths();
    }

    /** The path of the one that comes as the so manieth. */
    public String newest(int count) {
        return paths(count).getLast();
    }

    private List<String> paths() {
        return postern.mail().mailsTo(address).stream()
                .flatMap(mail -> LINK.matcher(mail.text()).results())
                .map(link -> link.group(1))
                .toList();
    }

    /** What is secret of a path. */
    public static String token(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Presses the button of the page, as a browser does. */
    public static Answer press(Api api, String path) {
        return api.with("Sec-Fetch-Site", "same-origin").postForm("/wasnt-me", Map.of("token", token(path)));
    }
}
