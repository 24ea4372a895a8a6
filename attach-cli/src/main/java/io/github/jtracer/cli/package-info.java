/** The command {@code jtracer}: options, messages, exit codes. */
@NullMarked
package io.github.jtracer.cli;

import org.jspecify.annotations.NullMarked;
