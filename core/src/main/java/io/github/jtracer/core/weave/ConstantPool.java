package io.github.jtracer.core.weave;

import java.util.HashMap;
import java.util.Map;

/**
 * A class's constants, to which more are added: behind its own, whose indexes stay.
 *
 * <p>HotSpot compares each that is new with all that there are, and rewrites the class where one
 * was there already. So few are added, and those that compilers write too are looked for.
 */
final class ConstantPool {
    /** How many there can be. */
    static final int MAX = 0xFFFF;

    /** Where a class file says how many it has. */
    private static final int COUNT = 8;

    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int CLASS_REFERENCE = 7;
    private static final int STRING = 8;
    private static final int METHOD_REFERENCE = 10;
    private static final int NAME_AND_TYPE = 12;

    private final ClassFile file;
    private final ByteOutput out;
    private final Map<String, Integer> strings = new HashMap<>();
    private final Map<String, Integer> classes = new HashMap<>();
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<String, Integer> methods = new HashMap<>();
    private int next;

    /** Copies all that stands before the class's access flags. */
    ConstantPool(ClassFile file, ByteOutput out) {
        this.file = file;
        this.out = out;
        out.put(file.bytes, 0, file.poolEnd);
        next = file.poolCount();
    }

    /** Nothing can be added any more. */
    void end() {
        out.setU2(COUNT, next);
    }

    int utf8(String text) {
        return strings.computeIfAbsent(
                text,
                added -> {
                    out.u1(UTF8);
                    out.modifiedUtf8(added);
                    return next++;
                });
    }

    /** One that the class may have itself. */
    int ordinaryUtf8(String text) {
        int known = file.utf8Index(text);
        if (known > 0) {
            strings.put(text, known);
            return known;
        }
        return utf8(text);
    }

    /** A class that the class may refer to itself. */
    int ordinaryClass(String internalName) {
        int known = file.classIndex(ordinaryUtf8(internalName));
        if (known > 0) {
            classes.put(internalName, known);
            return known;
        }
        return classReference(internalName);
    }

    int integer(int value) {
        out.u1(INTEGER);
        out.i4(value);
        return next++;
    }

    int classReference(String internalName) {
        return reference(CLASS_REFERENCE, classes, internalName);
    }

    int string(String text) {
        return reference(STRING, texts, text);
    }

    private int reference(int tag, Map<String, Integer> known, String text) {
        Integer index = known.get(text);
        if (index == null) {
            int name = utf8(text);
            out.u1(tag);
            out.u2(name);
            index = next++;
            known.put(text, index);
        }
        return index;
    }

    int method(String owner, String name, String descriptor) {
        String key = owner + '.' + name + descriptor;
        Integer known = methods.get(key);
        if (known == null) {
            known = method(classReference(owner), name, descriptor);
            methods.put(key, known);
        }
        return known;
    }

    private int method(int owner, String name, String descriptor) {
        int nameIndex = utf8(name);
        int descriptorIndex = utf8(descriptor);
        out.u1(NAME_AND_TYPE);
        out.u2(nameIndex);
        out.u2(descriptorIndex);
        int nameAndType = next++;
        out.u1(METHOD_REFERENCE);
        out.u2(owner);
        out.u2(nameAndType);
        return next++;
    }
}
