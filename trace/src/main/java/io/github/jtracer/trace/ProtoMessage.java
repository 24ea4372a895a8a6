package io.github.jtracer.trace;

import java.nio.charset.StandardCharsets;

/** A protobuf message that is put together field by field. */
final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    static final int LENGTH_DELIMITED = 2;

    private final VarBytes bytes = new VarBytes(64);

    ProtoMessage number(int field, long value) {
        bytes.unsigned(field << 3 | VARINT);
        bytes.unsigned(value);
        return this;
    }

    ProtoMessage text(int field, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return part(field, text, text.length);
    }

    ProtoMessage real(int field, double value) {
        bytes.unsigned(field << 3 | FIXED_64);
        bytes.littleEndian(Double.doubleToRawLongBits(value));
        return this;
    }

    ProtoMessage message(int field, ProtoMessage value) {
        return part(field, value.bytes.bytes, value.bytes.size);
    }

    ProtoMessage part(int field, byte[] value, int length) {
        bytes.unsigned(field << 3 | LENGTH_DELIMITED);
        bytes.unsigned(length);
        bytes.raw(value, length);
        return this;
    }

    int size() {
        return bytes.size;
    }

    /** Its first {@link #size()} bytes are the message. */
    byte[] bytes() {
        return bytes.bytes;
    }
}
