package io.postern.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A native executable cannot load the desktop's libraries: what draws with AWT kills it, so nothing brings AWT in unseen. */
final class DesktopIT {

    private static final List<String> DESKTOP = List.of("java/awt/", "javax/swing/", "javax/imageio/", "sun/awt/");

    /** The jars that name it, by the beginning of their names, and why it is never reached. */
    private static final Map<String, String> NEVER_REACHED = Map.of(
            "io.quarkus.quarkus-core", "takes the desktop out of executables, and so names it",
            "org.glassfish.jaxb.jaxb-runtime", "pictures as members of XML; the XML of Hibernate's mappings has none",
            "org.jboss.narayana.jta.narayana-jta", "a tool with windows for people who look at transactions",
            "org.postgresql.postgresql",
                    "a geometric point can be moved to one of a screen; nothing here is geometric");

    @Test
    void nothingThatIsDeliveredDraws() throws IOException {
        var found = new TreeSet<String>();
        try (var files = Files.walk(Build.directory().resolve("quarkus-app"))) {
            for (var jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                if (namesTheDesktop(jar)) {
                    found.add(jar.getFileName().toString().replaceAll("-[0-9][^-]*\\.jar$", ""));
                }
            }
        }
        assertEquals(new TreeSet<>(NEVER_REACHED.keySet()), found);
    }

    private static boolean namesTheDesktop(Path jar) {
        try (var archive = new JarFile(jar.toFile())) {
            return archive.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .filter(entry -> !entry.getName().endsWith("module-info.class"))
                    .anyMatch(entry -> {
                        try (var bytes = archive.getInputStream(entry)) {
                            return namesTheDesktop(bytes.readAllBytes());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean namesTheDesktop(byte[] bytes) {
        var pool = ClassFile.of().parse(bytes).constantPool();
        return StreamSupport.stream(pool.spliterator(), false)
                .filter(ClassEntry.class::isInstance)
                .map(entry -> ((ClassEntry) entry).asInternalName())
                .anyMatch(name -> DESKTOP.stream().anyMatch(name::contains));
    }
}
