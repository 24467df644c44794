package io.postern.harness;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A message in the wire format of Protocol Buffers, read without its schema: fields by their numbers. */
record ProtobufMessage(List<Field> fields) {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    /** @param bytes of a text, of bytes or of a message; empty for a number */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Field(int number, long value, byte[] bytes) {}

    static ProtobufMessage read(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var fields = new ArrayList<Field>();
        while (in.hasRemaining()) {
            long key = varint(in);
            fields.add(field((int) (key >>> 3), (int) (key & 7), in));
        }
        return new ProtobufMessage(fields);
    }

    private static Field field(int number, int wireType, ByteBuffer in) {
        return switch (wireType) {
            case VARINT -> new Field(number, varint(in), new byte[0]);
            case FIXED64 -> new Field(number, in.getLong(), new byte[0]);
            case FIXED32 -> new Field(number, in.getInt(), new byte[0]);
            case LENGTH -> {
                var bytes = new byte[Math.toIntExact(varint(in))];
                in.get(bytes);
                yield new Field(number, 0, bytes);
            }
            default -> throw new IllegalArgumentException("The wire type " + wireType + " is not read");
        };
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    List<ProtobufMessage> messages(int number) {
        return all(number).stream().map(field -> read(field.bytes())).toList();
    }

    /** The empty text where it is not there. */
    String text(int number) {
        return all(number).stream()
                .map(field -> new String(field.bytes(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    String hex(int number) {
        return all(number).stream()
                .map(field -> HexFormat.of().formatHex(field.bytes()))
                .findFirst()
                .orElse("");
    }

    long number(int number) {
        return all(number).stream().map(Field::value).findFirst().orElse(0L);
    }

    /** Everything that may be a text, at whatever depth, one a line. */
    void texts(StringBuilder all) {
        for (var field : fields) {
            all.append(new String(field.bytes(), StandardCharsets.UTF_8)).append('\n');
            try {
                read(field.bytes()).texts(all);
            } catch (IllegalArgumentException | ArithmeticException | BufferUnderflowException noMessage) {
                // a text, which was taken above
            }
        }
    }

    private List<Field> all(int number) {
        return fields.stream().filter(field -> field.number() == number).toList();
    }
}
