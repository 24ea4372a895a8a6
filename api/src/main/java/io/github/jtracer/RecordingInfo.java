package io.github.jtracer;

import org.jspecify.annotations.Nullable;

/**
 * A recording that has started.
 *
 * @param id names this recording; the file's name without its extension
 * @param startedBy who asked for it
 * @param options what differs from the defaults, as agent arguments
 * @param file where it is saved when it ends
 * @param since when it started, ISO 8601
 * @param until when it ends by itself, ISO 8601; null: when it is stopped
 * @param classes how many classes were woven
 * @param methods how many methods were woven
 */
public record RecordingInfo(
        String id,
        String startedBy,
        String options,
        String file,
        String since,
        @Nullable String until,
        @Nullable Long classes,
        @Nullable Long methods) {}
