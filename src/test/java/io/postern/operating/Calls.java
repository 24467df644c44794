package io.postern.operating;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The calls of a front end to one address, which keeps what came of those that went otherwise than they should. */
final class Calls {
    private static final SeededClient CLIENT = SeededClient.DEMO_ADMIN;
    static final int NO_ANSWER = 0;

    private final Api api;
    private final AtomicInteger made = new AtomicInteger();
    private final Queue<Failed> failed = new ConcurrentLinkedQueue<>();
    private volatile String token = "";

    Calls(URI address) {
        this.api = Api.at(address);
        renewToken();
    }

    /**
     * A call without the answer that it should have had.
     *
     * @param status 0 where there was no answer
     * @param id what the caller calls it, and then the balancer too
     * @param began by the clock of this JVM, in ns, as {@code ended}
     */
    record Failed(String what, int status, String id, String body, long began, long ended) {}

    /** Makes a call; the answer, where it has the expected status. */
    Optional<Answer> make(String what, int expected, Function<Api, Answer> call) {
        return make(what, expected, api.withToken(token), call);
    }

    private Optional<Answer> make(String what, int expected, Api through, Function<Api, Answer> call) {
        made.incrementAndGet();
        var id = UUID.randomUUID().toString();
        long began = System.nanoTime();
        try {
            var answer = call.apply(through.with("X-Request-Id", id));
            if (answer.status() == expected) {
                return Optional.of(answer);
            }
            failed.add(new Failed(what, answer.status(), id, answer.body(), began, System.nanoTime()));
        } catch (UncheckedIOException e) {
            failed.add(new Failed(what, NO_ANSWER, id, e.toString(), began, System.nanoTime()));
        }
        return Optional.empty();
    }

    /** Gets an access token and uses it from now on. */
    void renewToken() {
        var credentials = api.withBasic(CLIENT.id(), CLIENT.secret());
        make(
                        "token",
                        200,
                        credentials,
                        with -> with.postForm("/oauth2/token", Map.of("grant_type", "client_credentials")))
                .ifPresent(answer -> token = answer.text("access_token"));
    }

    /** How many were made so far. */
    int made() {
        return made.get();
    }

    List<Failed> failed() {
        return List.copyOf(failed);
    }
}
