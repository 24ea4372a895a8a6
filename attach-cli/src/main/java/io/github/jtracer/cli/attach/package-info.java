/** Getting the agent into a target, and the connection that it opens from there. */
@NullMarked
package io.github.jtracer.cli.attach;

import org.jspecify.annotations.NullMarked;
