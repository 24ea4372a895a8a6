/** A conversation with the agent: recording, fetching, saving. */
@NullMarked
package io.github.jtracer.cli.session;

import org.jspecify.annotations.NullMarked;
