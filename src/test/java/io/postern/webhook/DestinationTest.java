package io.postern.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DestinationTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com,443,/",
        "https://example.com?a=b,443,/?a=b",
        "http://example.com/x,80,/x",
        "https://example.com:8443/a%20b?c=%26,8443,/a%20b?c=%26",
        "https://[2a00:1450::1]:1/x,1,/x"
    })
    void urlNamesPortAndTarget(String text, int port, String target) {
        var to = new Destination(Destination.url(text).orElseThrow(), InetAddress.getLoopbackAddress());
        assertEquals(port, to.port());
        assertEquals(target, to.target());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://",
                "HTTPS://example.com",
                "https://exa mple.com/",
                "https://example.com/\r\nX: y",
                "https://example.com/é",
                "https://a@example.com/",
                "https://@example.com/",
                "https://example.com/#x",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://example.com:99999999999/",
                "https://[fe80::1%25eth0]/",
                "https://under_score.example.com/",
                "https:example.com",
                "mailto:a@example.com"
            })
    void otherTextsAreNoUrl(String text) {
        assertTrue(Destination.url(text).isEmpty(), text);
    }

    @Test
    void urlHas500CharactersAtMost() {
        var start = "https://example.com/";
        assertTrue(Destination.url(start + "x".repeat(480)).isPresent());
        assertTrue(Destination.url(start + "x".repeat(481)).isEmpty());
    }
}
