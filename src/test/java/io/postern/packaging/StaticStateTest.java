package io.postern.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.SmallRyeConfig;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.security.Key;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/**
 * Static state is made while the native executable is built, on another machine, and is the same in every copy that ever
 * starts. So nothing there may be drawn, measured, read from the environment or be at work.
 */
final class StaticStateTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.postern");

    /** What is of one process or one machine. */
    private static final Set<Class<?>> OF_ONE_PROCESS = Set.of(
            Random.class,
            Thread.class,
            Executor.class,
            Clock.class,
            HttpClient.class,
            io.vertx.core.http.HttpClient.class,
            io.vertx.core.Vertx.class,
            InetAddress.class,
            DataSource.class,
            AutoCloseable.class, // sockets, files, clients
            ThreadLocal.class,
            Timer.class,
            Key.class,
            Mac.class,
            Cipher.class,
            MessageDigest.class,
            SSLContext.class,
            Config.class,
            SmallRyeConfig.class);

    /** What asks the machine, by the class and the method's name; an empty name stands for all. */
    private static final Set<String> ASKING = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.YearMonth.now",
            "java.time.ZoneId.systemDefault",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.tickMillis",
            "java.util.UUID.randomUUID",
            "java.util.Locale.getDefault",
            "java.util.TimeZone.getDefault",
            "java.nio.charset.Charset.defaultCharset",
            "java.lang.Math.random",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.ProcessHandle.",
            "java.lang.Runtime.",
            "java.lang.management.ManagementFactory.",
            "java.lang.Thread.start",
            "java.lang.Thread.ofVirtual",
            "java.lang.Thread.ofPlatform",
            "java.net.InetAddress.getByName",
            "java.net.InetAddress.getAllByName",
            "java.net.InetAddress.getLocalHost",
            "java.net.NetworkInterface.",
            "java.util.concurrent.Executors.",
            "java.security.SecureRandom.",
            "java.util.concurrent.ThreadLocalRandom.",
            "java.nio.file.Files.",
            "java.nio.file.Path.toAbsolutePath",
            "java.io.File.createTempFile",
            "javax.crypto.KeyGenerator.",
            "java.security.KeyPairGenerator.",
            "java.net.http.HttpClient.",
            "org.eclipse.microprofile.config.ConfigProvider.");

    @Test
    void nothingOfOneProcessIsStatic() {
        var found = new TreeSet<String>();
        for (var owner : OURS) {
            owner.getFields().stream()
                    .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                    .filter(StaticStateTest::isOfOneProcess)
                    .forEach(field -> found.add(field.getFullName()));
        }
        assertEquals(Set.of(), found);
    }

    /** A record or a bean that is static brings its members with it. */
    private static boolean isOfOneProcess(JavaField field) {
        var open = new ArrayDeque<>(field.getAllInvolvedRawTypes());
        var seen = new HashSet<JavaClass>();
        while (!open.isEmpty()) {
            var type = open.remove();
            if (OF_ONE_PROCESS.stream().anyMatch(type::isAssignableTo)) {
                return true;
            }
            if (type.getPackageName().startsWith("io.postern") && seen.add(type)) {
                type.getAllFields().stream()
                        .filter(member -> !member.getModifiers().contains(JavaModifier.STATIC))
                        .forEach(member -> open.addAll(member.getAllInvolvedRawTypes()));
            }
        }
        return false;
    }

    @Test
    void staticInitializersAskTheMachineNothing() {
        var found = new TreeSet<String>();
        for (var owner : OURS) {
            owner.getStaticInitializer()
                    .ifPresent(initializer ->
                            asked(initializer).forEach(question -> found.add(owner.getName() + " asks " + question)));
        }
        assertEquals(Set.of(), found);
    }

    /** The test would pass too if it looked at nothing. */
    @Test
    void initializersAreFollowedThroughOurOwnCode() {
        var languages = OURS.get("io.postern.message.Languages");
        var reached = reached(languages.getStaticInitializer().orElseThrow());
        assertEquals(
                List.of(true, true),
                Stream.of("io.postern.message.Languages.load", "java.util.Properties.load")
                        .map(reached::contains)
                        .toList());
    }

    private static List<String> asked(JavaCodeUnit initializer) {
        return reached(initializer).stream()
                .filter(call -> ASKING.stream()
                        .anyMatch(
                                question -> question.endsWith(".") ? call.startsWith(question) : call.equals(question)))
                .toList();
    }

    /** All that is called from there, through our own code, as class and method. */
    private static Set<String> reached(JavaCodeUnit from) {
        var names = new TreeSet<String>();
        var seen = new HashSet<JavaCodeUnit>();
        var open = new ArrayDeque<JavaCodeUnit>();
        open.add(from);
        while (!open.isEmpty()) {
            var unit = open.remove();
            if (!seen.add(unit)) {
                continue;
            }
            for (var target : targets(unit)) {
                names.add(target.getOwner().getName() + "." + target.getName());
                if (target.getOwner().getPackageName().startsWith("io.postern")) {
                    target.resolveMember().ifPresent(open::add);
                }
            }
        }
        return names;
    }

    private static List<CodeUnitAccessTarget> targets(JavaCodeUnit unit) {
        var targets = new ArrayList<CodeUnitAccessTarget>();
        unit.getCallsFromSelf().forEach(call -> targets.add(call.getTarget()));
        unit.getCodeUnitReferencesFromSelf().forEach(reference -> targets.add(reference.getTarget()));
        return targets;
    }
}
