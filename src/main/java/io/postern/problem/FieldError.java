package io.postern.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is wrong with one field of a request; never repeats the value. */
@RegisterForReflection
record FieldError(String field, String message) {}
