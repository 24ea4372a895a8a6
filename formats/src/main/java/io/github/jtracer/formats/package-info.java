/** Reads every format that jtracer writes, reports on traces, and turns one into another. */
@NullMarked
package io.github.jtracer.formats;

import org.jspecify.annotations.NullMarked;
