/**
 * Traces the application from inside: {@link io.github.jtracer.JTracer} starts and stops
 * recordings, and adds slices, instants and counters of the application's own to them.
 */
@NullMarked
package io.github.jtracer;

import org.jspecify.annotations.NullMarked;
