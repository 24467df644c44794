package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen at the demo: keeps cookies and fills in forms; shows redirects instead of following them. */
final class PlainBrowser implements AutoCloseable {
    private static final Pattern SECRET = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final Pattern FACTOR = Pattern.compile("name=\"factor\" value=\"([^\"]+)\"");

    private static final Pattern ONCE = Pattern.compile("name=\"once\" value=\"([^\"]+)\"");

    private final URI demo;
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    PlainBrowser(URI demo) {
        this.demo = demo;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(demo.resolve(path)).build(), BodyHandlers.ofString());
    }

    /** A form with these values and no others. */
    HttpResponse<String> post(String path, Map<String, String> values) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(demo.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(values.entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> signIn(String username, String password) throws IOException, InterruptedException {
        return post("/sign-in", Map.of("username", username, "password", password, "csrf", formSecret("/sign-in")));
    }

    /** The code of the one factor that the page asks for. */
    HttpResponse<String> submitCode(String code) throws IOException, InterruptedException {
        String page = get("/code").body();
        return post("/code", Map.of("csrf", find(SECRET, page), "factor", find(FACTOR, page), "code", code));
    }

    /** What the form for another code carries, on the page of that path. */
    Map<String, String> formForAnotherCode(String path) throws IOException, InterruptedException {
        String page = get(path).body();
        return Map.of("csrf", find(SECRET, page), "factor", find(FACTOR, page), "once", find(ONCE, page));
    }

    /** The secret that this visitor's forms carry, as the page of that path has it. */
    String formSecret(String path) throws IOException, InterruptedException {
        return find(SECRET, get(path).body());
    }

    private static String find(Pattern pattern, String page) {
        var matcher = pattern.matcher(page);
        assertTrue(matcher.find(), page);
        return matcher.group(1);
    }

    /** Where an answer leads to. */
    static String location(HttpResponse<String> answer) {
        assertEquals(303, answer.statusCode());
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Override
    public void close() {
        client.close();
    }
}
