package io.postern.administration;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An address that a browser may be sent back to: absolute, {@code https}, or {@code http} to this very machine by a loopback
 * name; without wildcards, user and fragment. It is compared character by character (RFC 9700 section 2.1), so it must be
 * written as browsers write it. Null is valid.
 */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ReturnAddressValidator.class)
@interface ReturnAddress {

    String message() default
            "must be an https address, or http of localhost, 127.0.0.1 or [::1], without wildcards, user and fragment";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
