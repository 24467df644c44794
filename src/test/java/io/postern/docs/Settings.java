package io.postern.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.TreePath;
import io.smallrye.config.common.utils.StringUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the settings of the service from its {@code @ConfigMapping} interfaces. */
final class Settings {

    private final Sources sources;

    Settings(Sources sources) {
        this.sources = sources;
    }

    /**
     * The settings of one interface.
     *
     * @param meaning what the interface says of them all
     */
    record Group(String meaning, List<Setting> settings) {}

    List<Group> groups() {
        return sources.types().stream()
                .flatMap(path -> prefix(path).stream().map(prefix -> group(path, prefix)))
                .sorted((left, right) -> name(left).compareTo(name(right)))
                .toList();
    }

    private static String name(Group group) {
        return group.settings().getFirst().property();
    }

    private static Optional<String> prefix(TreePath path) {
        return annotation(((ClassTree) path.getLeaf()).getModifiers(), "ConfigMapping");
    }

    private Group group(TreePath path, String prefix) {
        var settings = new ArrayList<Setting>();
        collect(path, prefix, settings);
        return new Group(sources.description(path), settings);
    }

    private void collect(TreePath path, String prefix, List<Setting> settings) {
        for (var member : ((ClassTree) path.getLeaf()).getMembers()) {
            if (member instanceof MethodTree method) {
                var name = prefix + "." + StringUtil.skewer(method.getName().toString(), '-');
                var type = method.getReturnType().toString();
                var nested = nested(path, type);
                if (nested.isPresent()) {
                    collect(nested.get(), type.startsWith("List<") ? name + "[n]" : name, settings);
                } else {
                    settings.add(setting(new TreePath(path, method), method, name, type));
                }
            }
        }
    }

    private Setting setting(TreePath path, MethodTree method, String name, String type) {
        var optional = type.startsWith("Optional<");
        var otherwise = annotation(method.getModifiers(), "WithDefault");
        return new Setting(
                name,
                kind(optional ? type.substring("Optional<".length(), type.length() - 1) : type),
                otherwise.orElse(optional ? "" : null),
                sources.description(path));
    }

    private static String kind(String type) {
        return switch (type) {
            case "String" -> "text";
            case "int" -> "number";
            case "Path" -> "file";
            case "URI" -> "URL";
            case "Duration" -> "duration, such as `30s` or `5m`";
            case "List<String>", "List<ProviderKind>" -> "list, separated by commas";
            default -> throw new AssertionError("The kind of setting " + type + " has no word yet");
        };
    }

    /** The interface below this one that the setting, or each element of its list, has. */
    private static Optional<TreePath> nested(TreePath path, String type) {
        return ((ClassTree) path.getLeaf())
                .getMembers().stream()
                        .filter(member -> member instanceof ClassTree inner
                                && (type.equals("List<" + inner.getSimpleName() + ">")
                                        || type.equals(inner.getSimpleName().toString())))
                        .map(member -> new TreePath(path, member))
                        .findFirst();
    }

    /** The text of an annotation whose one value is a text. */
    private static Optional<String> annotation(ModifiersTree modifiers, String name) {
        return modifiers.getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
                .map(Settings::value)
                .findFirst();
    }

    private static String value(AnnotationTree annotation) {
        var argument = annotation.getArguments().getFirst();
        var value = argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument;
        return (String) ((LiteralTree) value).getValue();
    }
}
