package io.postern.delivery;

import io.postern.harness.Api;
import io.postern.harness.Postern;
import java.util.List;

/** What copies and Redis say of the deliveries. */
record DeliveryPages(Postern postern) {
    /** The metrics page of a copy. */
    String of(int copy) {
        return Api.at(postern.copy(copy).baseUrl())
                .get("/q/metrics")
                .expect(200)
                .body();
    }

    /** How many messages a copy has sent, over all channels. */
    long sent(int copy) {
        return sum(of(copy), "postern_deliveries_total{", "outcome=\"sent\"");
    }

    /** A gauge of the first copy. */
    long gauge(String name, Channel channel) {
        return sum(of(0), name + "{", "channel=\"" + channel.id() + "\"");
    }

    /** How many messages are not done. */
    long waiting(Channel channel) {
        return postern.redis().command("ZCARD", "postern:{delivery:" + channel.id() + "}:waiting") instanceof Long size
                ? size
                : 0;
    }

    /** How many messages some copy has begun and not finished. */
    long held(Channel channel) {
        return postern.redis().command("XPENDING", "postern:{delivery:" + channel.id() + "}:queue", Queue.GROUP)
                                instanceof List<?> state
                        && state.getFirst() instanceof Long held
                ? held
                : 0;
    }

    /** How many messages wait for another try. */
    long putOff(Channel channel) {
        return postern.redis().command("ZCARD", later(channel)) instanceof Long size ? size : 0;
    }

    /** Whether nothing waits, nothing is in hand and nothing is put off. */
    boolean isDone(Channel channel) {
        var queue = postern.redis().command("XLEN", "postern:{delivery:" + channel.id() + "}:queue");
        return Long.valueOf(0).equals(queue) && putOff(channel) == 0 && waiting(channel) == 0;
    }

    /** Lets the waits for another try be over. */
    void waitsAreOver(Channel channel) {
        if (postern.redis().command("ZRANGE", later(channel), "0", "-1") instanceof List<?> messages) {
            messages.forEach(
                    message -> postern.redis().command("ZADD", later(channel), "XX", "0", String.valueOf(message)));
        }
    }

    private static String later(Channel channel) {
        return "postern:{delivery:" + channel.id() + "}:later";
    }

    /** How often a provider has told a copy that it has taken something. */
    long taken(int copy) {
        return sum(of(copy), "postern_delivery_provider_seconds_count{", "outcome=\"sent\"");
    }

    /** The sum of a metric over the lines with that label. */
    static long sum(String page, String name, String label) {
        return page.lines()
                .filter(line -> line.startsWith(name) && line.contains(label))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
