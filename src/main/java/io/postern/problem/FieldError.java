package io.postern.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is wrong with one field of a request; never repeats the value. */
@Schema(
        name = "FieldError",
        requiredProperties = {"field", "message"})
@RegisterForReflection
public record FieldError(String field, String message) {}
