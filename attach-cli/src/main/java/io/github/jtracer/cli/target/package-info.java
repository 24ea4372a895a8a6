/** The JVMs on this machine: finding them, and telling what may be done to them. */
@NullMarked
package io.github.jtracer.cli.target;

import org.jspecify.annotations.NullMarked;
