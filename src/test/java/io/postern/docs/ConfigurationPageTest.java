package io.postern.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.postern.policy.Policy;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference in {@code docs/configuration.md} is written from the configuration interfaces and the policy. */
final class ConfigurationPageTest {

    private static final String GENERATED = "<!-- From here on written by ConfigurationPageTest. -->";

    private final Sources sources = Sources.ofTheService();

    @Test
    void pageListsEverySettingAndEveryMemberOfThePolicy() throws JsonProcessingException {
        var settings = new Settings(sources)
                .groups().stream().map(ConfigurationPageTest::section).collect(Collectors.joining("\n"));
        Page.of("docs/configuration.md")
                .mustReadAfter(GENERATED, "## Settings of Postern\n\n" + settings + "\n" + policy());
    }

    private static String section(Settings.Group group) {
        return group.meaning()
                + "\n\n| variable and property | value | default | meaning |\n|---|---|---|---|\n"
                + group.settings().stream().map(ConfigurationPageTest::row).collect(Collectors.joining());
    }

    private static String row(Setting setting) {
        var otherwise = setting.otherwise();
        return "| `%s`<br>`%s` | %s | %s | %s |\n"
                .formatted(
                        setting.variable(),
                        setting.property(),
                        setting.type(),
                        otherwise == null ? "must be set" : otherwise.isEmpty() ? "none" : "`" + otherwise + "`",
                        setting.meaning());
    }

    private String policy() throws JsonProcessingException {
        var mapper = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        JsonNode defaults = mapper.valueToTree(Policy.DEFAULT.written());
        var path = sources.type("Policy");
        var rows = new StringBuilder();
        sources.parameters(path).forEach((name, meaning) -> {
            var member = PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(name);
            rows.append("| `%s` | `%s` | %s |\n".formatted(member, defaults.required(member), meaning));
        });
        return """
                ## The policy

                %s

                | member | default | meaning |
                |---|---|---|
                """.formatted(sources.description(path)) + rows;
    }
}
