package io.postern.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Redis with a replica, and three sentinels that let the replica take over a second after the first has gone. */
public final class RedisPair implements AutoCloseable {
    private static final String NAME = "postern";
    private static final int SENTINELS = 3;
    private static final int QUORUM = 2;

    private final RedisNodes nodes;
    private final int first = Ports.free();
    private final int second = Ports.free();
    private final List<Integer> sentinels = new ArrayList<>();
    private final Child firstServer;

    private RedisPair(RedisNodes nodes) {
        this.nodes = nodes;
        firstServer = nodes.startServer(first);
        nodes.startServer(second, "--replicaof", "127.0.0.1 " + first);
        for (int number = 0; number < SENTINELS; number++) {
            int port = Ports.free();
            sentinels.add(port);
            nodes.startSentinel(port, """
                    bind 127.0.0.1
                    port %d
                    sentinel monitor %s 127.0.0.1 %d %d
                    sentinel down-after-milliseconds %s 1000
                    sentinel failover-timeout %s 5000
                    """.formatted(port, NAME, first, QUORUM, NAME, NAME));
        }
        Await.until(RedisNodes.READY, "a replica and three sentinels", this::isWhole);
    }

    /** Starts all of it; returns when the replica follows and each sentinel knows the others and the replica. */
    public static RedisPair start(Watchdog watchdog) {
        var nodes = new RedisNodes(watchdog);
        try {
            return new RedisPair(nodes);
        } catch (RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    private boolean isWhole() {
        return sentinels.stream()
                .allMatch(sentinel -> RedisNodes.info(sentinel).contains("slaves=1,sentinels=" + SENTINELS));
    }

    /** How the service finds it: configuration as environment variables. */
    public Map<String, String> environment() {
        var hosts = sentinels.stream().map(port -> "redis://127.0.0.1:" + port).collect(Collectors.joining(","));
        return Map.of(
                "QUARKUS_REDIS_CLIENT_TYPE", "sentinel",
                "QUARKUS_REDIS_HOSTS", hosts,
                "QUARKUS_REDIS_MASTER_NAME", NAME);
    }

    /** Returns when the replica has all that was written until now. */
    public void awaitCopied() {
        RedisNodes.awaitCopied(first);
    }

    /** SIGKILL to the one that takes writes at the beginning. */
    public void killFirst() {
        firstServer.kill();
    }

    /** Whether the replica of the beginning takes writes. */
    public boolean secondLeads() {
        return RedisNodes.info(second).contains("role:master");
    }

    /** Sends one command to the replica of the beginning. */
    public @Nullable Object second(String... words) {
        return RedisNodes.command(second, words);
    }

    @Override
    public void close() {
        nodes.close();
    }
}
