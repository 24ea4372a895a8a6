package io.github.jtracer.spring;

import io.github.jtracer.SavedTrace;
import org.jspecify.annotations.Nullable;

/**
 * The agent was removed.
 *
 * @param saved the trace that was saved before; null if nothing was recording
 */
public record Uninstalled(@Nullable SavedTrace saved) {}
