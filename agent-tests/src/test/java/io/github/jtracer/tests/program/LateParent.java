package io.github.jtracer.tests.program;

/** Its loader is in no hurry to find it. */
public class LateParent {}
