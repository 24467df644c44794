package io.postern.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.embedded.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Somebody who reads the messages to one address or number in the inbox of the demo. */
final class Addressee {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI demo;
    private final String to;
    private int read;

    Addressee(URI demo, String to) {
        this.demo = demo;
        this.to = to;
        this.read = codes().size();
    }

    /** The code that came next after the one that was read last; waits for it. */
    String newCode() {
        Await.until(PATIENCE, "code for " + to, () -> codes().size() > read);
        return codes().get(read++);
    }

    /** How many codes have come that were not read. */
    int unread() {
        return codes().size() - read;
    }

    /** Oldest first. */
    private List<String> codes() {
        var codes = new ArrayList<String>();
        for (JsonNode letter : inbox()) {
            if (letter.path("to").asText().equals(to)) {
                CODE.matcher(letter.path("text").asText())
                        .results()
                        .map(MatchResult::group)
                        .findFirst()
                        .ifPresent(codes::add);
            }
        }
        return codes.reversed();
    }

    private JsonNode inbox() {
        try (var browser = new PlainBrowser(demo)) {
            return JSON.readTree(browser.get("/inbox.json").body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
