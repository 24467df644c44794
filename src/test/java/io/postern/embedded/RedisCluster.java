package io.postern.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three primaries of Redis, which share the slots, and a replica of each that takes over soon after it has gone. */
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final int PRIMARIES = 3;
    private static final String HERE = "127.0.0.1";

    private record Node(int port, int bus, Child process) {

        String id() {
            return String.valueOf(RedisNodes.command(port, "CLUSTER", "MYID"));
        }

        String state() {
            return String.valueOf(RedisNodes.command(port, "CLUSTER", "INFO"));
        }
    }

    private final RedisNodes nodes;
    private final List<Node> primaries = new ArrayList<>();
    private final List<Node> replicas = new ArrayList<>();

    private RedisCluster(RedisNodes nodes) {
        this.nodes = nodes;
        for (int number = 0; number < PRIMARIES; number++) {
            primaries.add(start(number + 1));
            replicas.add(start(PRIMARIES + number + 1));
        }
        all().skip(1).forEach(this::introduce);
        Await.until(
                RedisNodes.READY,
                "all know all",
                () -> all().allMatch(node -> node.state().contains("cluster_known_nodes:" + 2 * PRIMARIES)));
        for (int number = 0; number < PRIMARIES; number++) {
            RedisNodes.command(primaries.get(number).port, "CLUSTER", "ADDSLOTSRANGE", slot(number), last(number));
            RedisNodes.command(
                    replicas.get(number).port,
                    "CLUSTER",
                    "REPLICATE",
                    primaries.get(number).id());
        }
        Await.until(
                RedisNodes.READY,
                "the cluster",
                () -> all().allMatch(node -> node.state().contains("cluster_state:ok"))
                        && replicas.stream()
                                .allMatch(node -> RedisNodes.info(node.port).contains("master_link_status:up")));
    }

    /** Starts all of it; returns when each slot has a primary and each primary a replica that follows. */
    public static RedisCluster start(Watchdog watchdog) {
        var nodes = new RedisNodes(watchdog);
        try {
            return new RedisCluster(nodes);
        } catch (RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    private Node start(int epoch) {
        int port = Ports.free();
        int bus = Ports.free();
        var process = nodes.startServer(
                port,
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                Integer.toString(bus),
                "--cluster-node-timeout",
                "1000");
        RedisNodes.command(port, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(epoch));
        return new Node(port, bus, process);
    }

    private void introduce(Node newcomer) {
        RedisNodes.command(
                primaries.getFirst().port,
                "CLUSTER",
                "MEET",
                HERE,
                Integer.toString(newcomer.port),
                Integer.toString(newcomer.bus));
    }

    private Stream<Node> all() {
        return Stream.concat(primaries.stream(), replicas.stream());
    }

    private static String slot(int primary) {
        return Integer.toString(SLOTS * primary / PRIMARIES);
    }

    private static String last(int primary) {
        return Integer.toString(SLOTS * (primary + 1) / PRIMARIES - 1);
    }

    /** How the service finds it: configuration as environment variables. */
    public Map<String, String> environment() {
        var hosts = primaries.stream()
                .map(node -> "redis://" + HERE + ":" + node.port)
                .collect(Collectors.joining(","));
        return Map.of("QUARKUS_REDIS_CLIENT_TYPE", "cluster", "QUARKUS_REDIS_HOSTS", hosts);
    }

    /** Which of the primaries, counted from 0, has a key at the beginning. */
    public int primaryOf(String key) {
        int slot = Integer.parseInt(
                String.valueOf(RedisNodes.command(primaries.getFirst().port, "CLUSTER", "KEYSLOT", key)));
        for (int number = 0; ; number++) {
            if (slot <= Integer.parseInt(last(number))) {
                return number;
            }
        }
    }

    /** SIGKILL to a primary, when its replica has all that was written until now. */
    public void kill(int primary) {
        RedisNodes.awaitCopied(primaries.get(primary).port);
        primaries.get(primary).process.kill();
    }

    /** Whether the replica of a primary has taken its place. */
    public boolean replicaLeads(int primary) {
        return RedisNodes.info(replicas.get(primary).port).contains("role:master");
    }

    @Override
    public void close() {
        nodes.close();
    }
}
