package io.github.jtracer.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** How JSON is read. */
final class Json {
    /**
     * Takes names and texts of any length: a class file allows 65,535 bytes for a method's name and
     * as many for its types, and jtracer must read what it wrote. The file is the user's own.
     */
    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private Json() {}
}
