package io.postern.demo.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the handler of a request and sends its answer with the headers that protect every page. GET shows and changes
 * nothing; POST changes. Whatever a handler throws becomes a page that tells nothing of the inside.
 */
public final class Router implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:;"
                            + " form-action 'self';"
                            + " base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    // The pages live on loopback. A name of somebody else that resolves to it (DNS rebinding) is not one of ours.
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Map<String, Map<String, Handler>> routes = new HashMap<>();
    private final Function<RefusedException, Response> refusal;

    public Router(Function<RefusedException, Response> refusal) {
        this.refusal = refusal;
    }

    public Router get(String path, Handler handler) {
        return add(path, "GET", handler);
    }

    public Router post(String path, Handler handler) {
        return add(path, "POST", handler);
    }

    private Router add(String path, String method, Handler handler) {
        routes.computeIfAbsent(path, p -> new HashMap<>()).put(method, handler);
        return this;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        send(exchange, answer(exchange));
        // Not after a failure: the server then cuts the connection, so that nobody takes a part of an answer for the
        // whole.
        exchange.close();
    }

    private Response answer(HttpExchange exchange) throws IOException {
        try {
            requireOwnHost(exchange);
            return route(exchange).handle(Request.read(exchange));
        } catch (RefusedException e) {
            return refusal.apply(e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A request to the demo failed", e);
            return refusal.apply(new RefusedException(500, "Something went wrong on our side. Nothing was changed."));
        }
    }

    private static void requireOwnHost(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null || !HOSTS.contains(host.replaceFirst(":[0-9]*$", ""))) {
            throw new RefusedException(421, "This address is not served here.");
        }
    }

    private Handler route(HttpExchange exchange) {
        Map<String, Handler> methods = routes.get(exchange.getRequestURI().getPath());
        if (methods == null) {
            throw new RefusedException(404, "There is no such page.");
        }
        String method = exchange.getRequestMethod();
        Handler handler = methods.get(method.equals("HEAD") ? "GET" : method);
        if (handler == null) {
            exchange.getResponseHeaders().set("Allow", allowed(methods.keySet()));
            throw new RefusedException(405, "This page does not take such a request.");
        }
        return handler;
    }

    private static String allowed(Set<String> methods) {
        return methods.contains("GET") ? "HEAD, " + String.join(", ", methods) : String.join(", ", methods);
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        var headers = exchange.getResponseHeaders();
        HEADERS.forEach(headers::set);
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Type", response.type());
        response.headers().forEach(headers::set);
        response.cookies().forEach(cookie -> headers.add("Set-Cookie", cookie));
        boolean headersOnly = exchange.getRequestMethod().equals("HEAD");
        if (response.stream().isPresent()) {
            try (var stream = response.stream().get()) {
                exchange.sendResponseHeaders(response.status(), headersOnly ? -1 : 0);
                if (!headersOnly) {
                    stream.transferTo(exchange.getResponseBody());
                }
            }
            return;
        }
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        boolean bodyless = headersOnly || body.length == 0;
        exchange.sendResponseHeaders(response.status(), bodyless ? -1 : body.length);
        if (!bodyless) {
            exchange.getResponseBody().write(body);
        }
    }
}
