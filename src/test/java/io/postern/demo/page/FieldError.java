package io.postern.demo.page;

/**
 * What is wrong with one field of a form.
 *
 * @param field the id of its input
 */
public record FieldError(String field, String message) {}
