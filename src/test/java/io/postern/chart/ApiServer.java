package io.postern.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * As much of a Kubernetes API server as Helm needs to install, upgrade and uninstall: it tells which kinds there are, keeps objects, and
 * merges patches, lists as a whole. It makes no pods.
 */
final class ApiServer implements AutoCloseable {

    private static final Map<String, Map<String, String>> KINDS = Map.of(
            "v1",
            Map.of(
                    "configmaps", "ConfigMap",
                    "pods", "Pod",
                    "secrets", "Secret",
                    "services", "Service",
                    "serviceaccounts", "ServiceAccount"),
            "apps/v1",
            Map.of("deployments", "Deployment", "statefulsets", "StatefulSet"),
            "batch/v1",
            Map.of("jobs", "Job"),
            "autoscaling/v2",
            Map.of("horizontalpodautoscalers", "HorizontalPodAutoscaler"),
            "networking.k8s.io/v1",
            Map.of("ingresses", "Ingress", "networkpolicies", "NetworkPolicy"),
            "policy/v1",
            Map.of("poddisruptionbudgets", "PodDisruptionBudget"),
            "gateway.networking.k8s.io/v1",
            Map.of("httproutes", "HTTPRoute"),
            "monitoring.coreos.com/v1",
            Map.of("servicemonitors", "ServiceMonitor", "prometheusrules", "PrometheusRule"));

    private final ObjectMapper json = new ObjectMapper();
    private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final HttpServer server;
    private long version;

    private record Answer(int status, JsonNode body) {}

    private ApiServer(HttpServer server) {
        this.server = server;
    }

    static ApiServer start() throws IOException {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var server = new ApiServer(http);
        http.setExecutor(server.thread);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    /** What a client needs to find it. */
    String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: here, user: {}}]
                contexts: [{name: here, context: {cluster: here, user: here, namespace: %s}}]
                current-context: here
                """.formatted(server.getAddress().getPort(), Chart.NAMESPACE);
    }

    /** The object of that kind, in plural, and name. */
    synchronized Optional<Manifest> find(String plural, String name) {
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/" + plural + "/" + name))
                .map(entry -> new Manifest(entry.getValue().deepCopy()))
                .findFirst();
    }

    /** All objects but what Helm keeps of its releases. */
    synchronized List<Manifest> all() {
        return objects.values().stream()
                .filter(object -> !object.path("type").asText().startsWith("helm.sh/"))
                .map(object -> new Manifest(object.deepCopy()))
                .toList();
    }

    synchronized void delete(String plural, String name) {
        if (!objects.keySet().removeIf(path -> path.endsWith("/" + plural + "/" + name))) {
            throw new IllegalArgumentException("There is no " + name);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""),
                    body(exchange));
            var body = json.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private ObjectNode body(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        if (body.length == 0 || exchange.getRequestMethod().equals("DELETE")) {
            return json.createObjectNode();
        }
        return ProtobufSecret.CONTENT_TYPE.equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                ? ProtobufSecret.read(body)
                : (ObjectNode) json.readTree(body);
    }

    private synchronized Answer answer(String method, String path, String query, ObjectNode body) throws IOException {
        var parts = List.of(path.substring(1).split("/", -1));
        if (path.equals("/version")) {
            return new Answer(200, json.readTree("{\"major\":\"1\",\"minor\":\"33\",\"gitVersion\":\"v1.33.0\"}"));
        }
        if (path.equals("/api")) {
            return new Answer(200, json.readTree("{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}"));
        }
        if (path.equals("/apis")) {
            return new Answer(200, groups());
        }
        var group =
                parts.getFirst().equals("api") ? "v1" : String.join("/", parts.subList(1, Math.min(3, parts.size())));
        var rest = parts.subList(Math.min(parts.size(), parts.getFirst().equals("api") ? 2 : 3), parts.size());
        if (!KINDS.containsKey(group)) {
            return refusal(404, "NotFound", path);
        }
        if (rest.isEmpty()) {
            return new Answer(200, resources(group));
        }
        return rest.size() == 3 ? collection(method, path, query, group, body) : object(method, path, body);
    }

    private Answer collection(String method, String path, String query, String group, ObjectNode body) {
        if (method.equals("GET")) {
            var found = objects.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(path + "/") && matches(entry.getValue(), query))
                    .map(Map.Entry::getValue)
                    .toList();
            var list = json.createObjectNode()
                    .put("apiVersion", group)
                    .put(
                            "kind",
                            KINDS.getOrDefault(group, Map.of()).get(path.substring(path.lastIndexOf('/') + 1))
                                    + "List");
            list.putObject("metadata");
            list.putArray("items").addAll(found);
            return new Answer(200, list);
        }
        var place = path + "/" + body.at("/metadata/name").asText();
        if (objects.containsKey(place)) {
            return refusal(409, "AlreadyExists", place);
        }
        return keep(201, place, body);
    }

    private Answer object(String method, String path, ObjectNode body) {
        var known = objects.get(path);
        if (known == null) {
            return refusal(404, "NotFound", path);
        }
        return switch (method) {
            case "GET" -> new Answer(200, known);
            case "PUT" -> keep(200, path, body);
            case "PATCH" -> keep(200, path, patched(known, body));
            case "DELETE" -> {
                objects.remove(path);
                yield new Answer(
                        200, json.createObjectNode().put("kind", "Status").put("status", "Success"));
            }
            default -> refusal(405, "MethodNotAllowed", path);
        };
    }

    private Answer keep(int status, String path, ObjectNode object) {
        version++;
        ((ObjectNode) object.get("metadata"))
                .put("resourceVersion", Long.toString(version))
                .put("uid", "uid-" + path.hashCode());
        objects.put(path, object);
        return new Answer(status, object);
    }

    private static ObjectNode patched(ObjectNode known, ObjectNode patch) {
        var result = known.deepCopy();
        patch.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                result.remove(member.getKey());
            } else if (member.getValue() instanceof ObjectNode inner
                    && result.get(member.getKey()) instanceof ObjectNode there) {
                result.set(member.getKey(), patched(there, inner));
            } else {
                result.set(member.getKey(), member.getValue());
            }
        });
        return result;
    }

    private static boolean matches(ObjectNode object, String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(parameter -> parameter.startsWith("labelSelector="))
                .map(parameter ->
                        URLDecoder.decode(parameter.substring("labelSelector=".length()), StandardCharsets.UTF_8))
                .flatMap(selector -> Arrays.stream(selector.split(",", -1)))
                .map(label -> label.split("==?", 2))
                .allMatch(label ->
                        object.at("/metadata/labels").path(label[0]).asText().equals(label[1]));
    }

    private JsonNode groups() {
        var list = json.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = list.putArray("groups");
        KINDS.keySet().stream().filter(group -> group.contains("/")).sorted().forEach(group -> {
            var name = group.substring(0, group.indexOf('/'));
            var known = groups.addObject().put("name", name);
            var only = json.createObjectNode()
                    .put("groupVersion", group)
                    .put("version", group.substring(name.length() + 1));
            known.putArray("versions").add(only);
            known.set("preferredVersion", only.deepCopy());
        });
        return list;
    }

    private JsonNode resources(String group) {
        var list = json.createObjectNode()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", group);
        var resources = list.putArray("resources");
        new TreeMap<>(KINDS.get(group)).forEach((plural, kind) -> {
            var resource = resources
                    .addObject()
                    .put("name", plural)
                    .put("singularName", "")
                    .put("kind", kind)
                    .put("namespaced", true);
            new ArrayList<>(List.of("create", "delete", "get", "list", "patch", "update"))
                    .forEach(resource.withArray("/verbs")::add);
        });
        return list;
    }

    private Answer refusal(int status, String reason, String path) {
        return new Answer(
                status,
                json.createObjectNode()
                        .put("kind", "Status")
                        .put("apiVersion", "v1")
                        .put("status", "Failure")
                        .put("reason", reason)
                        .put("message", path + ": " + reason)
                        .put("code", status));
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }
}
