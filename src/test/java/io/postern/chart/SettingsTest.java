package io.postern.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The chart and {@code docs/configuration.md} know the same settings. */
@EnabledIf(Chart.RENDERED)
final class SettingsTest {

    private static final String PAGE = Chart.read(Chart.DIRECTORY.resolve("../../docs/configuration.md"));
    private static final Pattern VARIABLE = Pattern.compile("`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`");
    private static final Pattern ROW = Pattern.compile("^\\| (`[A-Z][^|]*) \\|(.*)$", Pattern.MULTILINE);

    /** Set by the chart itself, or not meant for a pod behind a Service; {@code extraEnv} takes them all the same. */
    private static final Set<String> LEFT_TO_EXTRA_ENV = Set.of(
            "QUARKUS_HTTP_HOST",
            "QUARKUS_HTTP_PORT",
            "QUARKUS_HTTP_SSL_CERTIFICATE_FILES",
            "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES",
            "QUARKUS_HTTP_SSL_PORT",
            "QUARKUS_HTTP_INSECURE_REQUESTS",
            "QUARKUS_OTEL_SDK_DISABLED");

    @Test
    void podsAreGivenNothingThatIsNotDocumented() {
        var documented =
                VARIABLE.matcher(PAGE).results().map(SettingsTest::name).collect(Collectors.toSet());

        Chart.ci().forEach(name -> {
            var unknown = Chart.render(Chart.ciValues(name)).variables().stream()
                    .map(variable -> variable.replaceAll("_\\d+__", "_0__"))
                    .filter(variable -> !documented.contains(variable))
                    .toList();
            assertTrue(unknown.isEmpty(), () -> name + ": " + unknown);
        });
    }

    @Test
    void everyDocumentedSettingHasAValue() {
        var reached = new TreeSet<>(LEFT_TO_EXTRA_ENV);
        Chart.ci()
                .forEach(name ->
                        reached.addAll(Chart.render(Chart.ciValues(name)).variables()));
        var missing = ROW.matcher(PAGE)
                .results()
                .flatMap(row -> VARIABLE.matcher(row.group(1)).results())
                .map(SettingsTest::name)
                .filter(variable -> !reached.contains(variable))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), missing);
    }

    /** What nobody sets is as the service would have it, except where the chart says otherwise in its values. */
    @Test
    void defaultsAreThoseOfTheService() {
        var defaults = new TreeMap<String, String>();
        ROW.matcher(PAGE).results().forEach(row -> {
            var cells = row.group(2).split("\\|", -1);
            var value = Stream.of(cells)
                    .map(String::strip)
                    .filter(cell -> cell.matches("`[^`]+`"))
                    .findFirst();
            value.ifPresent(text -> VARIABLE.matcher(row.group(1))
                    .results()
                    .forEach(variable -> defaults.put(name(variable), text.replace("`", ""))));
        });
        defaults.put("QUARKUS_FLYWAY_MIGRATE_AT_START", "false"); // an init container has done it
        var set = Chart.render(Chart.ciValues("small")).settings();
        var compared = new TreeSet<>(set.keySet());
        compared.retainAll(defaults.keySet());

        assertTrue(compared.size() > 15, compared::toString);
        compared.forEach(variable -> assertEquals(defaults.get(variable), set.get(variable), variable));
    }

    @Test
    void forwardedAddressesAreBelievedFromNamedProxiesAlone() {
        var without = Chart.render(Chart.ciValues("small")).settings();
        var with = Chart.render(Chart.ciValues("everything")).settings();

        assertTrue(without.keySet().stream().noneMatch(variable -> variable.startsWith("QUARKUS_HTTP_PROXY")));
        assertEquals("true", with.get("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING"));
        assertEquals("10.0.0.0/8,fd00::/8", with.get("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES"));
    }

    @Test
    void secretsComeFromSecretsAlone() {
        Chart.ci().forEach(name -> {
            var manifests = Chart.render(Chart.ciValues(name));
            manifests
                    .settings()
                    .keySet()
                    .forEach(variable -> assertTrue(
                            !variable.matches(".*(PASSWORD|SECRET|TOKEN)"),
                            () -> variable + " stands in the ConfigMap"));
            manifests
                    .pods()
                    .flatMap(Manifest.Pod::containers)
                    .flatMap(container -> container.path("env").valueStream())
                    .filter(variable -> variable.path("name").asText().matches(".*(PASSWORD|SECRET|TOKEN)"))
                    .forEach(variable -> assertTrue(
                            variable.at("/valueFrom/secretKeyRef/key").isTextual(), variable::toString));
        });
    }

    private static String name(MatchResult found) {
        return found.group(1);
    }
}
