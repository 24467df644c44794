package io.postern.docs;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** The sources of the service as the compiler's parser sees them, with their Javadoc. */
final class Sources {

    private final DocTrees trees;
    private final List<TreePath> types = new ArrayList<>();

    private Sources(DocTrees trees) {
        this.trees = trees;
    }

    /** All of {@code src/main/java}. */
    static Sources ofTheService() {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                var paths = Files.walk(Page.root().resolve("src/main/java"))) {
            List<Path> java = paths.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java));
            var sources = new Sources(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                unit.getTypeDecls().forEach(type -> sources.add(new TreePath(new TreePath(unit), type)));
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(TreePath path) {
        if (path.getLeaf() instanceof ClassTree type) {
            types.add(path);
            type.getMembers().forEach(member -> add(new TreePath(path, member)));
        }
    }

    /** All types, each after the one that it is nested in. */
    List<TreePath> types() {
        return types;
    }

    /** The path of a type of that simple name. */
    TreePath type(String simpleName) {
        return types.stream()
                .filter(path -> ((ClassTree) path.getLeaf()).getSimpleName().contentEquals(simpleName))
                .findFirst()
                .orElseThrow();
    }

    /** The main description of the Javadoc as Markdown on one line. */
    String description(TreePath path) {
        var comment = trees.getDocCommentTree(path);
        if (comment == null) {
            throw new AssertionError(path.getLeaf() + " has no Javadoc");
        }
        return markdown(comment.getFullBody());
    }

    /** The {@code @param} descriptions of the Javadoc as Markdown, by name in their order. */
    Map<String, String> parameters(TreePath path) {
        return Objects.requireNonNull(trees.getDocCommentTree(path)).getBlockTags().stream()
                .filter(ParamTree.class::isInstance)
                .map(ParamTree.class::cast)
                .collect(Collectors.toMap(
                        tag -> tag.getName().toString(),
                        tag -> markdown(tag.getDescription()),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    private static String markdown(List<? extends DocTree> parts) {
        return parts.stream()
                .map(Sources::markdown)
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String markdown(DocTree part) {
        return switch (part) {
            case TextTree text -> text.getBody();
            case LiteralTree literal -> "`" + literal.getBody().getBody() + "`";
            case LinkTree link -> "`" + link.getReference() + "`";
            default -> throw new AssertionError("Javadoc of settings has no " + part.getKind());
        };
    }
}
