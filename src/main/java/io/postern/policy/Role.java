package io.postern.policy;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A role as an application calls it: text of 1 to {@value Policy#LONGEST_ROLE} characters. Null is valid. */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = RoleValidator.class)
public @interface Role {

    String message() default "must be 1 to 64 characters without control characters or outer spaces";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
