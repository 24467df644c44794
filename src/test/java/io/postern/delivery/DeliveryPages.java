package io.postern.delivery;

import io.postern.harness.Api;
import io.postern.harness.Postern;

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

    private static long sum(String page, String name, String label) {
        return page.lines()
                .filter(line -> line.startsWith(name) && line.contains(label))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
