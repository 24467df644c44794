package io.postern.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registries of special addresses (RFC 6890), at the edges of their blocks. */
final class NetworksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.0",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.0",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:0a00:1",
                "::10.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:1ff:ffff::1",
                "2001:db8::1",
                "2002:a00:1::",
                "3fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1"
            })
    void specialAddressIsNotPublic(String address) {
        assertFalse(Networks.isPublic(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "2000::1",
                "2001:200::1",
                "2001:db7::1",
                "2001:db9::1",
                "2003::1",
                "2a00:1450::1",
                "3ffe::1"
            })
    void otherAddressIsPublic(String address) {
        assertTrue(Networks.isPublic(InetAddress.ofLiteral(address)));
    }

    @Test
    void allowedNetworkIsAllowedAndItsNeighbourIsNot() {
        var networks = new Networks(List.of("10.20.0.0/15", " fd00:1::/32", "192.168.7.9/32"));
        for (var inside : List.of("10.20.0.0", "10.21.255.255", "::ffff:10.20.0.1", "fd00:1:ffff::1", "192.168.7.9")) {
            assertTrue(networks.isAllowed(InetAddress.ofLiteral(inside)), inside);
        }
        for (var outside : List.of("10.19.255.255", "10.22.0.0", "fd00:2::1", "192.168.7.8", "0a14::1")) {
            assertFalse(networks.isAllowed(InetAddress.ofLiteral(outside)), outside);
        }
        assertTrue(new Networks(List.of("0.0.0.0/0")).isAllowed(InetAddress.ofLiteral("127.0.0.1")));
        assertFalse(new Networks(List.of()).isAllowed(InetAddress.ofLiteral("127.0.0.1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "localhost/8", "10/8", "/8", "a.b.c.d/8", ""
            })
    void whatIsNoNetworkIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Network.of(text));
    }

    @Test
    void prefixCountsBits() {
        assertEquals(23, Network.of("192.168.2.0/23").prefix());
        assertTrue(Network.of("192.168.2.0/23").contains(new byte[] {(byte) 192, (byte) 168, 3, 1}));
        assertFalse(Network.of("192.168.2.0/23").contains(new byte[] {(byte) 192, (byte) 168, 4, 1}));
    }
}
