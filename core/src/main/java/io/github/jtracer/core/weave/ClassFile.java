package io.github.jtracer.core.weave;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A class file, read where it lies: nothing is copied or built before it is asked for.
 *
 * <p>The weaver looks at every class of an application while that waits. So it does not turn class
 * files into objects and back; it knows where things are. JVMS chapter 4.
 *
 * <p>A damaged file ends in an {@link IllegalArgumentException} or an {@link
 * IndexOutOfBoundsException}, never in an endless loop.
 */
final class ClassFile {
    private static final int UTF8 = 1;
    private static final int CLASS_REFERENCE = 7;

    /** Bytes of a constant behind its tag, by tag; of a Utf8 without its characters. */
    private static final int[] CONSTANT_BYTES = {
        0, 2, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2
    };

    final byte[] bytes;

    /** Where the constants are, by index: behind their tags. */
    private final int[] constants;

    private final String[] strings;

    /** Behind the last constant: where the class's access flags are. */
    final int poolEnd;

    final String name;

    /** Empty if there is none. */
    final String superName;

    /** The place of the number of methods. */
    final int methodsAt;

    /** Behind the last method. */
    final int methodsEnd;

    final List<MethodFacts> methods = new ArrayList<>();

    ClassFile(byte[] bytes) {
        this.bytes = bytes;
        constants = new int[u2(8)];
        strings = new String[constants.length];
        poolEnd = findConstants();
        name = className(u2(poolEnd + 2));
        int superIndex = u2(poolEnd + 4);
        superName = superIndex == 0 ? "" : className(superIndex);
        int at = poolEnd + 8 + 2 * u2(poolEnd + 6);
        int fields = u2(at);
        at += 2;
        for (int i = 0; i < fields; i++) {
            at = skipAttributes(at + 6);
        }
        methodsAt = at;
        int count = u2(at);
        at += 2;
        for (int i = 0; i < count; i++) {
            MethodFacts method = new MethodFacts(this, at);
            methods.add(method);
            at = method.end;
        }
        methodsEnd = at;
    }

    private int findConstants() {
        int at = 10;
        for (int i = 1; i < constants.length; i++) {
            int tag = u1(at);
            int size = tag < CONSTANT_BYTES.length ? CONSTANT_BYTES[tag] : 0;
            if (size == 0) {
                throw new IllegalArgumentException("unknown constant " + tag);
            }
            constants[i] = at + 1;
            at += 1 + size + (tag == UTF8 ? u2(at + 1) : 0);
            if (size == 8) {
                i++; // A long and a double take two places.
            }
        }
        return at;
    }

    /** Type descriptors of the class's annotations. */
    List<String> annotations() {
        return Annotations.of(this, methodsEnd);
    }

    /** The source file's name, or nothing. */
    String source() {
        int attributes = u2(methodsEnd);
        int at = methodsEnd + 2;
        for (int i = 0; i < attributes; i++) {
            if (is(u2(at), "SourceFile")) {
                return utf8(u2(at + 6));
            }
            at = skipAttribute(at);
        }
        return "";
    }

    int version() {
        return u2(6);
    }

    int poolCount() {
        return constants.length;
    }

    int u1(int at) {
        return bytes[at] & 0xFF;
    }

    int u2(int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    int s2(int at) {
        return bytes[at] << 8 | bytes[at + 1] & 0xFF;
    }

    int i4(int at) {
        return u2(at) << 16 | u2(at + 2);
    }

    /** Behind the attributes whose number is at that place. */
    int skipAttributes(int at) {
        int count = u2(at);
        int next = at + 2;
        for (int i = 0; i < count; i++) {
            next = skipAttribute(next);
        }
        return next;
    }

    int skipAttribute(int at) {
        int length = i4(at + 2);
        if (length < 0 || length > bytes.length) {
            throw new IllegalArgumentException("an attribute of " + length + " bytes");
        }
        return at + 6 + length;
    }

    /** Whether a Utf8 constant is that ASCII string; reads no more than it must. */
    boolean is(int index, String text) {
        int at = constants[index];
        int length = u2(at);
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[at + 2 + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The index of a Utf8 constant that is that ASCII string; 0 if there is none. */
    int utf8Index(String text) {
        for (int i = 1; i < constants.length; i++) {
            if (constants[i] > 0 && bytes[constants[i] - 1] == UTF8 && is(i, text)) {
                return i;
            }
        }
        return 0;
    }

    /** The index of a Class constant with that name; 0 if there is none. */
    int classIndex(int name) {
        for (int i = 1; i < constants.length; i++) {
            int at = constants[i];
            if (at > 0 && bytes[at - 1] == CLASS_REFERENCE && u2(at) == name) {
                return i;
            }
        }
        return 0;
    }

    String utf8(int index) {
        String known = strings[index];
        if (known == null) {
            known = decode(constants[index]);
            strings[index] = known;
        }
        return known;
    }

    private String decode(int at) {
        int length = u2(at);
        for (int i = 0; i < length; i++) {
            if (bytes[at + 2 + i] <= 0) {
                return decodeModified(at, length + 2);
            }
        }
        return latin1(bytes, at + 2, length);
    }

    /** The constructor for this is deprecated, but the only one without a choice of charsets. */
    @SuppressWarnings("deprecation")
    private static String latin1(byte[] bytes, int from, int length) {
        return new String(bytes, 0, from, length);
    }

    private String decodeModified(int at, int length) {
        try {
            return new DataInputStream(new ByteArrayInputStream(bytes, at, length)).readUTF();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The internal name in a Class constant. */
    String className(int index) {
        int at = constants[index];
        if (bytes[at - 1] != CLASS_REFERENCE) {
            throw new IllegalArgumentException("not a class: constant " + index);
        }
        return utf8(u2(at));
    }

    /** The class of a method that an instruction calls; not for invokedynamic. */
    String calledClass(int index) {
        return className(u2(constants[index]));
    }

    /** The name of a method that an instruction calls. */
    String calledName(int index) {
        return utf8(u2(nameAndType(index)));
    }

    /** Name and descriptor of a method that an instruction calls. */
    String calledMethod(int index) {
        int at = nameAndType(index);
        return utf8(u2(at)) + utf8(u2(at + 2));
    }

    private int nameAndType(int index) {
        return constants[u2(constants[index] + 2)];
    }
}
