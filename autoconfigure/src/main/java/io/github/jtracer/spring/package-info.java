/** Installs the tracer in a Spring Boot application. */
@NullMarked
package io.github.jtracer.spring;

import org.jspecify.annotations.NullMarked;
