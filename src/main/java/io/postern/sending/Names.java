package io.postern.sending;

import io.postern.crypto.KeyedHash;
import io.postern.delivery.Channel;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The tags by which Redis knows destinations, sources and regions (RULES H1): keyed hashes that tell it nothing. What reaches
 * the same person has the same tag.
 */
@Singleton
final class Names {

    private static final int NETWORK_BYTES = 8;

    private final KeyedHash hash;

    Names(KeyedHash hash) {
        this.hash = hash;
    }

    /** The same for all applications, and for all addresses of a mailbox that differ by case or by a suffix after a plus. */
    String destination(Channel channel, String destination) {
        return hash.tag("destination", channel == Channel.EMAIL ? mailbox(destination) : destination);
    }

    /** Of this application alone, which chose to name the address. */
    String source(String application, String ip) {
        return hash.tag("source", application, network(ip));
    }

    String region(String application, String region) {
        return hash.tag("application and region", application, region);
    }

    private static String mailbox(String address) {
        var lower = address.toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        int plus = lower.indexOf('+');
        return plus < 0 || plus > at ? lower : lower.substring(0, plus) + lower.substring(at);
    }

    /** One form for each address. Who has one IPv6 address has the 2^64 of its network. */
    private static String network(String ip) {
        var address = InetAddress.ofLiteral(ip);
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
