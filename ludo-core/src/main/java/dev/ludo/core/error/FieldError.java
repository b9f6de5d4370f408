package dev.ludo.core.error;

/**
 * What is wrong with one field or header of a request.
 *
 * @param field its name, in the sender's spelling
 * @param message what is wrong, in words
 */
public record FieldError(String field, String message) {}
