package io.github.jtracer.spring;

/**
 * Why a request could not be carried out, in the shape of Boot's own errors.
 *
 * @param status the HTTP status
 * @param error its name
 * @param message what happened, and what to do
 */
public record Problem(int status, String error, String message) {}
