package io.postern.webhook;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses webhooks may go to: those that are globally reachable by the IANA special-purpose registries (RFC 6890), and
 * what the operator has allowed beside them. Nothing else, so that nobody reaches a neighbour of Postern's through it.
 */
@Singleton
final class Networks {

    private static final List<Network> RESERVED_IPV4 = networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by carriers
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, where clouds keep metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /** All others are loopback, link-local, unique local, multicast, mapped or not assigned. */
    private static final Network GLOBAL_IPV6 = Network.of("2000::/3");

    private static final List<Network> RESERVED_IPV6 = networks(
            "2001::/23", // protocol assignments, among them Teredo
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, which holds any IPv4 address
            "3fff::/20"); // documentation

    /** IPv4 as networks of IPv6 alone reach it (RFC 6052). */
    private static final Network TRANSLATED = Network.of("64:ff9b::/96");

    private final List<Network> allowed;

    @Inject
    Networks(WebhookConfig config) {
        this(config.allowedNetworks().orElse(List.of()));
    }

    /** @throws IllegalArgumentException when one is no network */
    Networks(List<String> allowed) {
        this.allowed = networks(allowed.toArray(String[]::new));
    }

    /** Whether the operator has allowed the address by name of its network. */
    boolean isAllowed(InetAddress address) {
        return contains(allowed, address.getAddress());
    }

    /** Whether the address is one of the public internet. */
    static boolean isPublic(InetAddress address) {
        var bytes = address.getAddress(); // of a mapped address (::ffff:0:0/96) Java makes the IPv4 one
        if (TRANSLATED.contains(bytes)) {
            bytes = Arrays.copyOfRange(bytes, 12, 16);
        }
        return bytes.length == 4
                ? !contains(RESERVED_IPV4, bytes)
                : GLOBAL_IPV6.contains(bytes) && !contains(RESERVED_IPV6, bytes);
    }

    private static boolean contains(List<Network> networks, byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... cidrs) {
        return Stream.of(cidrs).map(String::strip).map(Network::of).toList();
    }
}
