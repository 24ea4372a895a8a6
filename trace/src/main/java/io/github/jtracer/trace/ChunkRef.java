package io.github.jtracer.trace;

/**
 * Where a chunk is in the file, and what its head says.
 *
 * @param position of its first word
 */
record ChunkRef(long sequence, long currentThread, long baseTicks, int words, long position) {}
