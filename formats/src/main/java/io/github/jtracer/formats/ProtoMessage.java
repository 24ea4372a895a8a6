package io.github.jtracer.formats;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A protobuf message that is put together field by field. */
final class ProtoMessage {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, 64);

    ProtoMessage number(int field, long value) throws IOException {
        out.writeUInt64(field, value);
        return this;
    }

    ProtoMessage text(int field, String value) throws IOException {
        out.writeString(field, value);
        return this;
    }

    ProtoMessage real(int field, double value) throws IOException {
        out.writeDouble(field, value);
        return this;
    }

    ProtoMessage message(int field, ProtoMessage value) throws IOException {
        out.writeByteArray(field, value.toBytes());
        return this;
    }

    byte[] toBytes() throws IOException {
        out.flush();
        return bytes.toByteArray();
    }
}
