package io.github.jtracer;

import org.jspecify.annotations.Nullable;

/**
 * A recording that was saved.
 *
 * @param name the file's name within the directory
 * @param file the file, absolute
 * @param bytes its size
 * @param calls how many calls are in it
 * @param lost how many were not kept
 * @param threads how many threads they were made by
 */
public record SavedTrace(
        String name,
        String file,
        long bytes,
        @Nullable Long calls,
        @Nullable Long lost,
        @Nullable Long threads) {}
