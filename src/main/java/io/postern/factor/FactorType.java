package io.postern.factor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The kinds of factor, each with its level (RULES A1) and its authentication methods (RULES A2, RFC 8176). */
@Schema(description = "`totp`: an authenticator app or password manager (RFC 6238)")
public enum FactorType {
    TOTP("Authenticator app", Level.SECOND_FACTOR, "otp", "mfa");

    private final String label;
    private final Level level;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> methods;

    FactorType(String label, Level level, String... methods) {
        this.label = label;
        this.level = level;
        this.methods = List.of(methods);
    }

    /** What a factor of this type is called until the person names it. */
    public String label() {
        return label;
    }

    public Level level() {
        return level;
    }

    /** The {@code amr} claim of a proof by such a factor. */
    public List<String> methods() {
        return methods;
    }

    /** The name in the API and in the store. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type of an {@link #id}.
     *
     * @throws IllegalArgumentException when there is no such type
     */
    @JsonCreator
    public static FactorType of(String id) {
        return Arrays.stream(values())
                .filter(type -> type.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown factor type"));
    }
}
