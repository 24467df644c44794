package io.postern.demo.web;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What goes back to the browser, apart from the headers that every answer carries.
 *
 * @param body   the whole of it, unless there is a stream
 * @param stream is sent in the place of the body and closed; a failure to read it breaks the answer off
 */
public record Response(
        int status,
        String type,
        String body,
        Optional<InputStream> stream,
        Map<String, String> headers,
        List<String> cookies) {
    private static final String HTML = "text/html; charset=utf-8";

    public Response {
        headers = Map.copyOf(headers);
        cookies = List.copyOf(cookies);
    }

    private Response(int status, String type, String body, Map<String, String> headers) {
        this(status, type, body, Optional.empty(), headers, List.of());
    }

    public static Response page(int status, Html page) {
        return new Response(status, HTML, page.toString(), Map.of());
    }

    public static Response json(String json) {
        return new Response(200, "application/json", json, Map.of());
    }

    /** A file that belongs to this build, which a browser may keep because its address carries its digest. */
    public static Response asset(String type, String text) {
        return new Response(200, type, text, Map.of("Cache-Control", "public, max-age=31536000, immutable"));
    }

    /** A text for the person to keep as a file. */
    public static Response download(String name, String text) {
        return new Response(200, "text/plain; charset=utf-8", text, attachment(name));
    }

    /** The same, however long it is. */
    public static Response download(String name, String type, InputStream content) {
        return new Response(200, type, "", Optional.of(content), attachment(name), List.of());
    }

    private static Map<String, String> attachment(String name) {
        return Map.of("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    /** To another page of the demo, by GET (RFC 9110 section 15.4.4), so that a reload repeats no change. */
    public static Response seeOther(String path) {
        return new Response(303, HTML, "", Map.of("Location", path));
    }

    public Response with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, type, body, stream, more, cookies);
    }

    /** With one cookie more, as {@code Set-Cookie} has it (RFC 6265 section 4.1). */
    public Response withCookie(String cookie) {
        var more = new ArrayList<>(cookies);
        more.add(cookie);
        return new Response(status, type, body, stream, headers, more);
    }
}
