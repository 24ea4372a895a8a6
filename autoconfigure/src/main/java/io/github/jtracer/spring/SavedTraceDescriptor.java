package io.github.jtracer.spring;

import io.github.jtracer.SavedTrace;
import org.jspecify.annotations.Nullable;

/**
 * A recording that was saved, as it is told over HTTP: as {@link SavedTrace}, and with its page.
 *
 * @param page the path of the page that shows it; null if it was saved in a format that no page can
 *     be made of here
 */
public record SavedTraceDescriptor(
        String name,
        String file,
        long bytes,
        @Nullable Long calls,
        @Nullable Long lost,
        @Nullable Long threads,
        @Nullable String page) {

    static SavedTraceDescriptor of(SavedTrace saved, PageLinks links) {
        return new SavedTraceDescriptor(
                saved.name(),
                saved.file(),
                saved.bytes(),
                saved.calls(),
                saved.lost(),
                saved.threads(),
                links.to(saved.name()));
    }
}
