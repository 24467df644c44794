package io.postern.input;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Text that can be stored and shown: well-formed Unicode of 1 to {@link #max()} characters (UTF-16 units) without control
 * characters and without outer spaces. Null is valid.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = TextValidator.class)
public @interface Text {

    int max();

    String message() default "must be 1 to {max} characters without control characters or outer spaces";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
