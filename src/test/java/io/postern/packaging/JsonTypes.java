package io.postern.packaging;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import jakarta.ws.rs.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The types of ours that Jackson looks into: those of bodies and answers, and all that they are made of. */
final class JsonTypes {

    private final JavaClasses ours;
    private final Set<JavaClass> found = new HashSet<>();
    private final ArrayDeque<JavaClass> open = new ArrayDeque<>();

    JsonTypes(JavaClasses ours) {
        this.ours = ours;
    }

    /** Those of the calls, as their parameters, answers and documentation name them, and these beside. */
    static Set<String> in(JavaClasses ours, Collection<String> beside) {
        var types = new JsonTypes(ours);
        ours.stream()
                .filter(owner -> owner.isAnnotatedWith(Path.class))
                .flatMap(owner -> owner.getMethods().stream())
                .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE))
                .forEach(types::addCall);
        beside.forEach(name -> types.add(ours.get(name)));
        return types.closed();
    }

    private void addCall(JavaMethod method) {
        if (method.getAnnotations().isEmpty()) {
            return;
        }
        method.getAllInvolvedRawTypes().forEach(this::add);
        addNamed(method);
        method.getParameters().forEach(this::addNamed);
    }

    private void addNamed(HasAnnotations<?> place) {
        place.getAnnotations().forEach(this::addNamed);
    }

    private void addNamed(JavaAnnotation<?> annotation) {
        annotation.getProperties().values().forEach(this::addValue);
    }

    private void addValue(Object value) {
        switch (value) {
            case JavaClass type -> add(type);
            case JavaAnnotation<?> annotation -> addNamed(annotation);
            case Object[] values -> Stream.of(values).forEach(this::addValue);
            default -> {} // a text or a number
        }
    }

    private void add(JavaClass type) {
        if (isData(type) && found.add(type)) {
            open.add(type);
        }
    }

    /** What has members or constants of its own, and is no collaborator. */
    private boolean isData(JavaClass type) {
        return type.getPackageName().startsWith("io.postern")
                && !type.isAnnotation()
                && (type.isRecord() || type.isEnum() || type.isInterface() || isReadByAFactory(type));
    }

    private static boolean isReadByAFactory(JavaClass type) {
        return type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(JsonCreator.class));
    }

    private Set<String> closed() {
        while (!open.isEmpty()) {
            var type = open.remove();
            type.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                    .forEach(field -> field.getAllInvolvedRawTypes().forEach(this::add));
            if (type.isInterface()) {
                ours.stream()
                        .filter(each -> each.isAssignableTo(type.getName()))
                        .forEach(this::add);
            }
        }
        var names = new TreeSet<String>();
        found.stream().filter(type -> !type.isInterface()).forEach(type -> names.add(type.getName()));
        return names;
    }
}
