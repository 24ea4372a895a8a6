package io.github.jtracer.trace;

import static io.github.jtracer.trace.PerfettoFormat.*;

/** A method's name in a Perfetto trace, with its source location, and which sequence knows it. */
final class InternedName {
    final int id;
    private final TracedMethod method;
    private final String label;

    /** The last sequence that it was told to. */
    int sequence;

    InternedName(int id, TracedMethod method, String label) {
        this.id = id;
        this.method = method;
        this.label = label;
    }

    ProtoMessage interned() {
        ProtoMessage interned =
                new ProtoMessage()
                        .message(
                                INTERNED_NAMES,
                                new ProtoMessage()
                                        .number(INTERNED_IID, id)
                                        .text(INTERNED_TEXT, label));
        if (!method.sourceFile().isEmpty()) {
            interned.message(
                    INTERNED_SOURCE_LOCATIONS,
                    new ProtoMessage()
                            .number(INTERNED_IID, id)
                            .text(INTERNED_TEXT, method.sourceFile())
                            .text(SOURCE_FUNCTION, label)
                            .number(SOURCE_LINE, Math.max(0, method.line())));
        }
        return interned;
    }
}
