package io.postern.policy;

import io.postern.input.TextValidator;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** See {@link Role}. */
public final class RoleValidator implements ConstraintValidator<Role, String> {

    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
        return value == null || isRole(value);
    }

    static boolean isRole(String value) {
        return TextValidator.isText(value, Policy.LONGEST_ROLE);
    }
}
