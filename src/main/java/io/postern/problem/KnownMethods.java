package io.postern.problem;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Which methods a path knows. The router looks for other methods only among those of the resource class that it came to, and
 * so takes some known paths for unknown ones; and it does not name the methods that RFC 9110 section 15.5.6 asks for.
 */
@Singleton
class KnownMethods {

    private volatile @Nullable List<Route> routes;

    private record Route(String method, List<String> segments) {

        long placeholders() {
            return segments.stream().filter(segment -> segment.startsWith("{")).count();
        }

        boolean matches(List<String> path) {
            if (path.size() != segments.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                var segment = segments.get(i);
                boolean fits = segment.startsWith("{") ? !path.get(i).isEmpty() : segment.equals(path.get(i));
                if (!fits) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Those of a path as it was sent, in alphabetical order; none when the path is unknown. */
    Set<String> of(@Nullable String path) {
        var methods = new TreeSet<String>();
        var segments = segments(path == null ? "" : path);
        var matching =
                routes().stream().filter(route -> route.matches(segments)).toList();
        long fewest = matching.stream().mapToLong(Route::placeholders).min().orElse(0);
        matching.stream()
                .filter(route ->
                        route.placeholders() == fewest) // as the router does: a name is nearer than a placeholder
                .forEach(route -> methods.add(route.method()));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    /** Read at the first need, when the routes are all there. */
    private List<Route> routes() {
        var known = routes;
        if (known == null) {
            known = read();
            routes = known;
        }
        return known;
    }

    private static List<Route> read() {
        var deployment = ResteasyReactiveRecorder.getCurrentDeployment();
        var found = new ArrayList<Route>();
        RuntimeResourceVisitor.visitRuntimeResources(
                deployment.getPrefix(), deployment.getClassMappers(), new RuntimeResourceVisitor() {
                    @Override
                    public void visitRuntimeResource(String method, String path, RuntimeResource resource) {
                        found.add(new Route(method, segments(path)));
                    }
                });
        return List.copyOf(found);
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.replaceFirst("^/", "").replaceFirst("/$", "").split("/", -1));
    }
}
