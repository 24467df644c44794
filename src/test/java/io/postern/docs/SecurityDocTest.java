package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What {@code docs/security.md} says of rules, classes and tests is there. */
final class SecurityDocTest {

    private static final Map<String, Integer> RULES =
            Map.of("A", 4, "B", 7, "C", 4, "D", 4, "E", 3, "F", 6, "G", 3, "H", 5, "I", 4);
    private static final String PACKAGE = "io.postern.";

    private final String page = Page.of("docs/security.md").text();
    private final List<Row> rows = Pattern.compile(
                    "^\\| ([A-I]\\d) \\| (.*) \\| (.*) \\| ?(.*) ?\\|$", Pattern.MULTILINE)
            .matcher(page)
            .results()
            .map(row -> new Row(row.group(1), names(row.group(3)), names(row.group(4))))
            .toList();

    /** A rule of the table with its classes and its tests. */
    private record Row(String rule, List<String> classes, List<String> tests) {}

    @Test
    void everyRuleIsThereOnceOrNotBuiltYet() {
        var built = rows.stream().map(Row::rule).toList();
        assertEquals(built.stream().distinct().toList(), built);
        var named = new TreeSet<>(built);
        Pattern.compile("\\*\\*([A-I]\\d)\\*\\*").matcher(page).results().forEach(rule -> named.add(rule.group(1)));
        var expected = RULES.entrySet().stream()
                .flatMap(
                        group -> IntStream.rangeClosed(1, group.getValue()).mapToObj(number -> group.getKey() + number))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, named);
    }

    @Test
    void everyRuleNamesClassesAndTestsThatExist() {
        var checks = new ArrayList<Executable>();
        for (var row : rows) {
            checks.add(() -> assertFalse(row.classes().isEmpty(), row.rule() + " names no class"));
            checks.add(() -> assertFalse(row.tests().isEmpty(), row.rule() + " names no test"));
            row.classes().forEach(name -> checks.add(() -> type(name)));
            row.tests().forEach(name -> checks.add(() -> assertTrue(isTest(name), name + " is no test")));
        }
        assertAll(checks);
    }

    private static boolean isTest(String name) throws ClassNotFoundException {
        var parts = name.split("#", 2);
        return parts.length == 2
                && Arrays.stream(type(parts[0]).getDeclaredMethods())
                        .filter(method -> method.getName().equals(parts[1]))
                        .flatMap(method -> Arrays.stream(method.getAnnotations()))
                        .anyMatch(annotation ->
                                annotation.annotationType().getSimpleName().endsWith("Test"));
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name, false, SecurityDocTest.class.getClassLoader());
    }

    private static List<String> names(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(name -> name.group(1))
                .toList();
    }
}
