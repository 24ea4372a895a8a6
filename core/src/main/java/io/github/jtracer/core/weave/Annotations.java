package io.github.jtracer.core.weave;

import java.util.ArrayList;
import java.util.List;

/** Which annotations a class or a method has. JVMS 4.7.16. */
final class Annotations {
    private Annotations() {}

    /**
     * The annotations' type descriptors, visible at run time or not.
     *
     * @param at where the number of the attributes is
     */
    static List<String> of(ClassFile file, int at) {
        List<String> types = List.of();
        int count = file.u2(at);
        int attribute = at + 2;
        for (int i = 0; i < count; i++) {
            int name = file.u2(attribute);
            if (file.is(name, "RuntimeVisibleAnnotations")
                    || file.is(name, "RuntimeInvisibleAnnotations")) {
                types = types.isEmpty() ? new ArrayList<>() : types;
                read(file, attribute + 6, types);
            }
            attribute = file.skipAttribute(attribute);
        }
        return types;
    }

    private static void read(ClassFile file, int at, List<String> types) {
        int count = file.u2(at);
        int next = at + 2;
        for (int i = 0; i < count; i++) {
            types.add(file.utf8(file.u2(next)));
            next = skipAnnotation(file, next);
        }
    }

    private static int skipAnnotation(ClassFile file, int at) {
        int pairs = file.u2(at + 2);
        int next = at + 4;
        for (int i = 0; i < pairs; i++) {
            next = skipValue(file, next + 2);
        }
        return next;
    }

    private static int skipValue(ClassFile file, int at) {
        switch (file.u1(at)) {
            case 'e':
                return at + 5;
            case '@':
                return skipAnnotation(file, at + 1);
            case '[':
                int values = file.u2(at + 1);
                int next = at + 3;
                for (int i = 0; i < values; i++) {
                    next = skipValue(file, next);
                }
                return next;
            default:
                return at + 3;
        }
    }
}
