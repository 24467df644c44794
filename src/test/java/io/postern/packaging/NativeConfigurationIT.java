package io.postern.packaging;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.postern.embedded.Build;
import io.postern.harness.Postern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The native compiler is told of everything that is found by its name at run time. What it is not told of is not in the
 * executable: texts would be missing there, and JSON would have no members.
 */
final class NativeConfigurationIT {

    /**
     * Who writes or reads JSON by hand, and of which types. What is a tree of nodes, a map or a text needs nothing. Who answers
     * calls is not listed: the types of calls are found.
     */
    private static final Map<String, List<String>> BY_HAND = Map.ofEntries(
            Map.entry("io.postern.challenge.ChallengeStore", List.of("io.postern.challenge.ChallengeState")),
            Map.entry("io.postern.delivery.Envelope", List.of("io.postern.delivery.Message")),
            Map.entry("io.postern.policy.PolicyReader", List.of("io.postern.policy.Policy$Written")),
            Map.entry("io.postern.policy.Policies", List.of("io.postern.policy.Policy$Written")),
            Map.entry("io.postern.importing.LineReader", List.of("io.postern.importing.ImportedPerson")),
            Map.entry("io.postern.audit.Export", List.of("io.postern.audit.EventView")),
            Map.entry("io.postern.importing.ImportResource", List.of("io.postern.importing.ReportLine")),
            Map.entry("io.postern.idempotency.Idempotency", List.of()), // bodies of calls
            Map.entry("io.postern.problem.HttpProblems", List.of("io.postern.problem.ProblemDetails")),
            Map.entry("io.postern.event.Details", List.of()),
            Map.entry("io.postern.webhook.Body", List.of()),
            Map.entry("io.postern.delivery.sms.HttpProvider", List.of()),
            Map.entry("io.postern.administration.PolicyVersions", List.of()));

    /** What stands in these is made into code when the executable is built. */
    private static final Set<String> BECOME_CODE =
            Set.of("application.properties", "META-INF/services/io.smallrye.config.ConfigSourceFactory");

    /** Classes with a generator of numbers by chance that the extensions do not name, and why that is right. */
    private static final Map<String, String> ACCOUNTED_FOR = Map.of(
            "io.opentelemetry.sdk.internal.AndroidFriendlyRandomHolder", "Quarkus takes out what asks for it",
            "io.prometheus.client.Striped64", "of a library that nobody calls",
            "io.smallrye.health.HealthStatus", "for checks of others, ours do without",
            "io.vertx.redis.client.impl.SentinelTopology", "Quarkus has another in its place",
            "org.hibernate.id.uuid.UuidVersion6Strategy$Holder", "Hibernate tells the compiler by itself",
            "org.hibernate.id.uuid.UuidVersion7Strategy$Holder", "Hibernate tells the compiler by itself",
            "org.wildfly.security.util.PasswordUtil", "for tools, nobody calls it");

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.postern");

    @SuppressWarnings("NullAway.Init")
    private static NativeSources sources;

    @BeforeAll
    static void prepare(@TempDir Path directory) throws Exception {
        sources = NativeSources.in(directory);
    }

    @Test
    void everyResourceOfOursIsInTheExecutable() throws IOException {
        var classes = Build.directory().resolve("classes");
        try (var files = Files.walk(classes)) {
            var missing = files.filter(Files::isRegularFile)
                    .map(file -> classes.relativize(file).toString())
                    .filter(name -> !name.endsWith(".class") && !BECOME_CODE.contains(name))
                    .filter(name -> !sources.has(name))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(Set.of(), missing);
        }
    }

    @Test
    void regionsOfPhoneNumbersAreInTheExecutable() throws Exception {
        var library = Path.of(PhoneNumberUtil.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var jar = new JarFile(library.toFile())) {
            var data = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.matches("com/google/i18n/phonenumbers/data/.*_[A-Z0-9]+"))
                    .toList();
            assertTrue(data.size() > 200, data::toString);
            assertEquals(
                    List.of(), data.stream().filter(name -> !sources.has(name)).toList());
        }
    }

    @Test
    void jacksonMayLookIntoEachTypeOfOurs() {
        var beside = BY_HAND.values().stream().flatMap(List::stream).toList();
        var types = JsonTypes.in(OURS, beside);
        assertTrue(types.size() > 100, types::toString);
        assertAll(types.stream().map(type -> () -> assertTrue(isOpen(type), type)));
    }

    /** A generator that is started while the executable is built gives the same numbers in every copy; the compiler refuses it. */
    @Test
    void librariesDrawNothingThatIsTheSameInEveryCopy() throws IOException {
        var found = Libraries.delivered()
                .flatMap(Libraries::fieldsOfGenerators)
                .filter(owner ->
                        !owner.contains(".graal.Target_")) // says what the compiler is to put in another's place
                .filter(owner -> !sources.isStartedInEachProcess(owner))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(ACCOUNTED_FOR.keySet()), found);
    }

    /** Caffeine has a class for each mixture of bounds, and finds it by its name. */
    @Test
    void kindsOfCachesAreInTheExecutable() throws Exception {
        assumeFalse(Build.isNative(), "classes of a JVM are looked at");
        var jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
        var pid = Long.toString(Postern.shared().copy(0).pid());
        var process = new ProcessBuilder(jcmd, pid, "GC.class_histogram", "-all")
                .redirectErrorStream(true)
                .start();
        var shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var used = Pattern.compile("com\\.github\\.benmanes\\.caffeine\\.cache\\.[A-Z]{2,}(?=\\s)")
                .matcher(shown)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(used.size() > 2, shown);
        used.removeAll(Libraries.texts("/io/quarkus/caffeine/runtime/graal/CacheConstructorsFeature.class"));
        assertEquals(Set.of(), used);
    }

    /** Not that of the machine that builds it, which speaks Arabic here. */
    @Test
    void executableHasALanguageOfItsOwn() {
        assertTrue(sources.arguments().contains("-H:IncludeLocales=en "), sources.arguments());
    }

    private static boolean isOpen(String name) {
        var told = sources.types().getOrDefault(name, MissingNode.getInstance());
        var type = OURS.get(name);
        if (type.isEnum() && type.getFields().stream().noneMatch(field -> field.isAnnotatedWith(JsonProperty.class))) {
            return type.getMethods().stream().noneMatch(method -> method.isAnnotatedWith(JsonValue.class))
                    || told.path("allDeclaredMethods").asBoolean();
        }
        return told.path("allDeclaredFields").asBoolean()
                && (type.isEnum()
                        || (told.path("allDeclaredMethods").asBoolean()
                                && told.path("allDeclaredConstructors").asBoolean()));
    }

    /** Who comes new to it says which types. */
    @Test
    void everyoneWhoUsesJacksonByHandIsKnown() {
        var users = new TreeSet<String>();
        for (var owner : OURS) {
            owner.getMethodCallsFromSelf().stream()
                    .filter(call -> call.getTargetOwner().isAssignableTo(ObjectMapper.class)
                            || call.getTargetOwner().isAssignableTo(ObjectWriter.class))
                    .filter(call -> call.getName().matches("(read|write|convert|valueTo|treeTo).*"))
                    .forEach(call -> users.add(owner.getName()));
        }
        assertEquals(new TreeSet<>(BY_HAND.keySet()), users);
    }
}
