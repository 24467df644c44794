package io.postern.demo.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.postern.event.SecurityEvent;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing that the service can tell has to be guessed by its technical name. */
final class EventWordsTest {
    private static final Pattern TOLD =
            Pattern.compile("\n    WebhookEventType:\n(?:      .*\n)*?      enum:\n((?:      - .*\n)+)");

    @Test
    void everyEventOfTheAuditTrailHasWords() {
        var audited = events(SecurityEvent.class)
                .filter(event -> !SecurityEvent.Occurrence.class.isAssignableFrom(event))
                .map(EventWordsTest::type)
                // Those of Postern's own application are in no other application's trail.
                .filter(type -> !type.startsWith("operator_"))
                .toList();

        assertFalse(audited.isEmpty());
        audited.forEach(type -> assertNotEquals(type, EventWords.of(type)));
    }

    @Test
    void everyEventThatWebhooksTellCanBeChosenAndHasWords() throws IOException {
        var document = Files.readString(Path.of("docs/openapi.yaml"));
        var told = new TreeSet<String>();
        TOLD.matcher(document)
                .results()
                .map((MatchResult match) -> match.group(1))
                .flatMap(String::lines)
                .forEach(line -> told.add(line.replace("- ", "").strip().toLowerCase(Locale.ROOT)));

        told.remove("ping");
        assertEquals(told, new TreeSet<>(WebhookForm.EVENTS));
        told.forEach(type -> assertNotEquals(type, EventWords.of(type)));
    }

    /** Every record below it. */
    private static Stream<Class<?>> events(Class<?> kind) {
        return kind.isRecord()
                ? Stream.of(kind)
                : Stream.of(kind.getPermittedSubclasses()).flatMap(EventWordsTest::events);
    }

    /** Its name hangs on its class alone. */
    private static String type(Class<?> event) {
        try {
            var constructor = event.getDeclaredConstructors()[0];
            Object[] nothing = Arrays.stream(constructor.getParameterTypes())
                    .map(type -> Array.get(Array.newInstance(type, 1), 0))
                    .toArray();
            return ((SecurityEvent) constructor.newInstance(nothing)).type();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(event.getName(), e);
        }
    }
}
