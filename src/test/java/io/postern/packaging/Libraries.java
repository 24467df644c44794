package io.postern.packaging;

import io.postern.embedded.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The libraries that are delivered, as files: their classes are read and never loaded. */
final class Libraries {

    private static final Set<String> GENERATORS = Set.of(
            "Ljava/util/Random;",
            "Ljava/util/SplittableRandom;",
            "Ljava/util/random/RandomGenerator;",
            "Ljava/security/SecureRandom;");

    private Libraries() {}

    static Stream<Path> delivered() throws IOException {
        try (var files = Files.list(Build.directory().resolve("quarkus-app/lib/main"))) {
            return files.toList().stream();
        }
    }

    /** The classes of a library that have a generator of numbers by chance as a static field. */
    static Stream<String> fieldsOfGenerators(Path library) {
        return read(library, name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                .map(ClassFile.of()::parse)
                .filter(type -> type.fields().stream()
                        .anyMatch(field -> field.flags().has(AccessFlag.STATIC)
                                && GENERATORS.contains(field.fieldType().stringValue())))
                .map(Libraries::name);
    }

    /** What a library tells the native compiler. */
    static Stream<String> arguments(Path library) {
        return read(library, name -> name.matches("META-INF/native-image/.*native-image\\.properties"))
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** The texts in a class of the class path. */
    static Set<String> texts(String resource) throws IOException {
        try (var bytes = Objects.requireNonNull(Libraries.class.getResourceAsStream(resource), resource)) {
            return texts(bytes.readAllBytes());
        }
    }

    /** The texts in a class. */
    static Set<String> texts(byte[] type) {
        var pool = ClassFile.of().parse(type).constantPool();
        return StreamSupport.stream(pool.spliterator(), false)
                .filter(Utf8Entry.class::isInstance)
                .map(entry -> ((Utf8Entry) entry).stringValue())
                .collect(Collectors.toSet());
    }

    private static String name(ClassModel type) {
        return type.thisClass().asInternalName().replace('/', '.');
    }

    private static Stream<byte[]> read(Path library, Predicate<String> wanted) {
        try (var jar = new JarFile(library.toFile())) {
            return jar.stream()
                    .filter(entry -> wanted.test(entry.getName()))
                    .map(entry -> bytes(jar, entry))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) {
        try (var bytes = jar.getInputStream(entry)) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
