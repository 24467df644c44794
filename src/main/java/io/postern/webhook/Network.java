package io.postern.webhook;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * A block of addresses (RFC 4632, RFC 4291 section 2.3).
 *
 * @param prefix how many leading bits count
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Network(byte[] address, int prefix) {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)/(\\d{1,3})");

    /**
     * Reads a block.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Network of(String cidr) {
        var form = FORM.matcher(cidr);
        if (!form.matches()) {
            throw new IllegalArgumentException(cidr + " is no network such as 10.0.0.0/8 or fd00::/8");
        }
        var address = InetAddress.ofLiteral(form.group(1)).getAddress();
        int prefix = Integer.parseInt(form.group(2));
        if (prefix > address.length * 8) {
            throw new IllegalArgumentException(cidr + " has more bits than an address");
        }
        return new Network(address, prefix);
    }

    /** Whether the address lies in the block; one of the other family never does. */
    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
