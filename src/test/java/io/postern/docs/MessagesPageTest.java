package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.message.Overrides;
import io.postern.message.TextKey;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of texts in {@code docs/messages.md} is written from {@link TextKey} and the English texts. */
final class MessagesPageTest {

    private static final String GENERATED = "<!-- From here on written by MessagesPageTest. -->";

    @Test
    void pageListsEveryTextWithItsPlaceholders() throws IOException {
        var english = english();
        var rows = TextKey.all().stream()
                .map(key -> "| `%s` | %s | %s |\n".formatted(key.id(), placeholders(key), shown(key, english)))
                .collect(Collectors.joining());
        Page.of("docs/messages.md").mustReadAfter(GENERATED, """
                        ## The texts

                        Placeholders in bold must stand in the text once, the others may.

                        | key | placeholders | in English |
                        |---|---|---|
                        """ + rows);
    }

    @Test
    void textsOfThePageAreTaken() throws JsonProcessingException {
        var mapper = new ObjectMapper();
        for (var block : Page.of("docs/messages.md").blocks("json")) {
            assertEquals(mapper.readTree(block), mapper.valueToTree(mapper.readValue(block, Overrides.class)), block);
        }
    }

    private static Properties english() throws IOException {
        var english = new Properties();
        try (var file = Files.newBufferedReader(Page.root().resolve("src/main/resources/messages/en.properties"))) {
            english.load(file);
        }
        return english;
    }

    private static String placeholders(TextKey key) {
        return key.placeholders().stream()
                .map(name -> (key.required().contains(name) ? "**`{%s}`**" : "`{%s}`").formatted(name))
                .collect(Collectors.joining(" "));
    }

    private static String shown(TextKey key, Properties english) {
        return english.getProperty(key.id()).replace("\n\n", "<br><br>");
    }
}
