package io.postern.problem;

/** What is wrong with one field of a request; never repeats the value. */
record FieldError(String field, String message) {}
