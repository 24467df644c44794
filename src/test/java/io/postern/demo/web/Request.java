package io.postern.demo.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a browser sent, read once and bounded in size. */
public final class Request {
    private static final int LARGEST_FORM = 16 * 1024;

    private final HttpExchange exchange;
    private final Parameters query;
    private final Parameters form;

    private Request(HttpExchange exchange, Parameters query, Parameters form) {
        this.exchange = exchange;
        this.query = query;
        this.form = form;
    }

    /** @throws RefusedException if the query or the form cannot be read or is too large */
    static Request read(HttpExchange exchange) throws IOException {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        Parameters form = "POST".equals(exchange.getRequestMethod()) ? readForm(exchange) : Parameters.NONE;
        return new Request(exchange, Parameters.parse(query), form);
    }

    private static Parameters readForm(HttpExchange exchange) throws IOException {
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (!type.split(";", -1)[0].strip().equals("application/x-www-form-urlencoded")) {
            throw new RefusedException(415, "Only forms are taken here.");
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_FORM + 1);
        if (body.length > LARGEST_FORM) {
            throw new RefusedException(413, "This form is larger than any of ours.");
        }
        return Parameters.parse(new String(body, StandardCharsets.UTF_8));
    }

    public String method() {
        return exchange.getRequestMethod();
    }

    public String path() {
        return exchange.getRequestURI().getPath();
    }

    public Optional<String> query(String name) {
        return query.get(name);
    }

    /** A value of the form, without outer spaces; empty where the form has none. */
    public String form(String name) {
        return form.get(name).orElse("").strip();
    }

    /** A value of the form exactly as typed, for passwords; empty where the form has none. */
    public String formAsTyped(String name) {
        return form.get(name).orElse("");
    }

    public Optional<String> cookie(String name) {
        for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String pair : header.split(";", -1)) {
                String[] parts = pair.strip().split("=", 2);
                if (parts.length == 2 && parts[0].equals(name)) {
                    return Optional.of(parts[1]);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The address of the peer. Right only where no proxy stands in front, as here; behind one, the address is the one
     * that the configured proxy names.
     */
    public String address() {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    public Optional<String> userAgent() {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("User-Agent"));
    }
}
