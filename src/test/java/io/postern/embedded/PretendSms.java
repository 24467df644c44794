package io.postern.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An SMS provider on the loopback address that speaks Twilio's form over real HTTP, keeps what it takes, and fails in every
 * way a test asks for.
 */
public final class PretendSms implements AutoCloseable {
    private static final String ACCOUNT = "AC00000000000000000000000000000000";
    private static final String TOKEN = "pretend-token";
    private static final String SENDER = "+15005550006";
    private static final String PATH = "/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Sms> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<String> headers = ConcurrentHashMap.newKeySet();
    private volatile Manner manner = Manner.TAKES;
    private volatile Duration delay = Duration.ZERO;

    /** An SMS that it has taken. */
    public record Sms(String to, String from, String text, Instant at) {}

    /** How it treats what it is given. */
    public enum Manner {
        /** Takes it: 201. */
        TAKES,
        /** 500 to everything. */
        FAILS,
        /** 429 to everything. */
        IS_BUSY,
        /** 400 to everything, as for a number that does not exist. */
        REFUSES,
        /** Reads the call and never answers it. */
        HANGS,
        /** Takes it at once, and answers after the delay. */
        ANSWERS_LATE
    }

    private PretendSms() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /** Starts it; returns when it listens. */
    public static PretendSms start() {
        PretendSms started = new PretendSms();
        started.server.start();
        return started;
    }

    /** How the service finds it: configuration as environment variables. */
    public Map<String, String> environment() {
        return Map.of(
                "POSTERN_SMS_PROVIDERS", "twilio",
                "POSTERN_SMS_TWILIO_URL", url().toString(),
                "POSTERN_SMS_TWILIO_ACCOUNT_SID", ACCOUNT,
                "POSTERN_SMS_TWILIO_AUTH_TOKEN", TOKEN,
                "POSTERN_SMS_TWILIO_FROM", SENDER);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What it has taken so far, oldest first. */
    public List<Sms> messages() {
        return List.copyOf(taken);
    }

    /** What it has taken for that number, oldest first. */
    public List<Sms> messagesTo(String number) {
        return taken.stream().filter(sms -> sms.to().equals(number)).toList();
    }

    /** How often it was called, whatever became of it. */
    public int calls() {
        return calls.get();
    }

    /** The names of the headers of all calls, in small letters. */
    public Set<String> headers() {
        return Set.copyOf(headers);
    }

    /** Treats what comes from now on so. */
    public void now(Manner other) {
        manner = other;
    }

    /** Takes what comes from now on at once, and answers so much later. */
    public void answerAfter(Duration later) {
        delay = later;
        manner = Manner.ANSWERS_LATE;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange call) throws IOException {
        calls.incrementAndGet();
        call.getRequestHeaders().keySet().forEach(name -> headers.add(name.toLowerCase(Locale.ROOT)));
        try (call) {
            Map<String, String> form = form(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (!call.getRequestMethod().equals("POST")
                    || !call.getRequestURI().getPath().equals(PATH)) {
                answer(call, 404, error(20404, "The requested resource was not found"));
            } else if (!isAuthentic(call)) {
                answer(call, 401, error(20003, "Authenticate"));
            } else {
                answer(call, form);
            }
        }
    }

    private void answer(HttpExchange call, Map<String, String> form) throws IOException {
        switch (manner) {
            case TAKES -> take(call, form, Duration.ZERO);
            case ANSWERS_LATE -> take(call, form, delay);
            case FAILS -> answer(call, 500, error(20500, "An internal server error has occurred"));
            case IS_BUSY -> answer(call, 429, error(20429, "Too Many Requests"));
            case REFUSES -> answer(call, 400, error(21211, "Invalid 'To' Phone Number"));
            case HANGS -> endsWithin(Duration.ofMinutes(10));
        }
    }

    private void take(HttpExchange call, Map<String, String> form, Duration later) throws IOException {
        if (!form.containsKey("To") || !form.containsKey("Body") || !form.containsKey("From")) {
            answer(call, 400, error(21604, "A required parameter is missing"));
            return;
        }
        taken.add(new Sms(form.get("To"), form.get("From"), form.get("Body"), Instant.now()));
        if (!endsWithin(later)) {
            String id = "SM" + UUID.randomUUID().toString().replace("-", "");
            answer(call, 201, "{\"sid\":\"%s\",\"status\":\"queued\"}".formatted(id));
        }
    }

    /** Waits; true when it was closed meanwhile. */
    private boolean endsWithin(Duration time) {
        try {
            return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean isAuthentic(HttpExchange call) {
        String login = Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        return ("Basic " + login).equals(call.getRequestHeaders().getFirst("Authorization"));
    }

    private static String error(int code, String message) {
        return "{\"code\":%d,\"message\":\"%s\"}".formatted(code, message);
    }

    private static void answer(HttpExchange call, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
