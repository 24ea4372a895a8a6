package io.github.jtracer;

/**
 * A finished trace in the directory.
 *
 * @param name the file's name
 * @param bytes its size
 * @param modified when it was written, ISO 8601
 */
public record TraceFile(String name, long bytes, String modified) {}
