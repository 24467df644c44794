package io.postern.input;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** See {@link IpAddress}. */
public final class IpAddressValidator implements ConstraintValidator<IpAddress, String> {

    private static final int LONGEST = 45;

    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
        if (value == null) {
            return true;
        }
        if (value.length() > LONGEST || !value.matches("[0-9a-fA-F:.]+")) {
            return false;
        }
        try {
            InetAddress.ofLiteral(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
