package io.postern.chart;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A Secret as Helm sends those of its releases: in the protobuf of the Kubernetes API, of which the fields below are read. */
final class ProtobufSecret {

    static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int BYTES = 2; // the wire type of texts, bytes and messages

    private ProtobufSecret() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Field(int number, byte[] value) {

        String text() {
            return new String(value, StandardCharsets.UTF_8);
        }
    }

    static ObjectNode read(byte[] body) {
        if (!Arrays.equals(MAGIC, 0, MAGIC.length, body, 0, MAGIC.length)) {
            throw new IllegalArgumentException("No protobuf of Kubernetes");
        }
        var object = JsonNodeFactory.instance.objectNode();
        for (var part : fields(Arrays.copyOfRange(body, MAGIC.length, body.length))) {
            if (part.number() == 1) {
                fields(part.value())
                        .forEach(type -> object.put(type.number() == 1 ? "apiVersion" : "kind", type.text()));
            } else if (part.number() == 2) {
                fields(part.value()).forEach(field -> member(object, field));
            }
        }
        if (!object.path("kind").asText().equals("Secret")) {
            throw new IllegalArgumentException("Not read: " + object.path("kind"));
        }
        return object;
    }

    private static void member(ObjectNode secret, Field field) {
        switch (field.number()) {
            case 1 -> metadata(secret.putObject("metadata"), field);
            case 2 -> {
                var entry = fields(field.value());
                secret.withObject("/data")
                        .put(
                                entry.getFirst().text(),
                                Base64.getEncoder()
                                        .encodeToString(entry.getLast().value()));
            }
            case 3 -> secret.put("type", field.text());
            default -> {} // whether it may change
        }
    }

    private static void metadata(ObjectNode metadata, Field field) {
        for (var member : fields(field.value())) {
            switch (member.number()) {
                case 1 -> metadata.put("name", member.text());
                case 3 -> metadata.put("namespace", member.text());
                case 11 -> {
                    var entry = fields(member.value());
                    metadata.withObject("/labels")
                            .put(entry.getFirst().text(), entry.getLast().text());
                }
                default -> {} // the server's own
            }
        }
    }

    /** The fields that have a length; numbers are passed over. */
    private static List<Field> fields(byte[] message) {
        var found = new ArrayList<Field>();
        var rest = ByteBuffer.wrap(message);
        while (rest.hasRemaining()) {
            int tag = (int) number(rest);
            if ((tag & 7) == BYTES) {
                var value = new byte[(int) number(rest)];
                rest.get(value);
                found.add(new Field(tag >>> 3, value));
            } else {
                number(rest);
            }
        }
        return found;
    }

    private static long number(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
